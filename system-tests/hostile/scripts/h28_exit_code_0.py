"""H28: ends the process as if all were well.

record 2: SCRIPT_CRASHED "exit code 0"
"""

import os


def transform(record):
    if record["n"] == 2:
        os._exit(0)
    return record
