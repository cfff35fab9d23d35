"""H2: sleeps for thirty years.

record 2: TIMEOUT "longer than 1 s"
"""

import time


def transform(record):
    if record["n"] == 2:
        time.sleep(1e9)
    return record
