"""H2: sleeps for thirty years.

time limit: 1
record 2: TIMEOUT "longer than 1 s"
"""

import time


def transform(record):
    if record["n"] == 2:
        time.sleep(1e9)
    return record
