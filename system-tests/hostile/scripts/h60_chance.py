"""H60: another end at every attempt, and an exit code that looks like want of memory.

time limit: 1
record 1: SUCCEEDED or SCRIPT_CRASHED or TIMEOUT
record 2: SCRIPT_CRASHED "exit code 137"
record 3: SUCCEEDED or SCRIPT_CRASHED or TIMEOUT
retry: once
"""

import os
import random
import time


def transform(record):
    if record["n"] == 2:
        os._exit(137)
    if record["n"] in (1, 3):
        random.choice((lambda: None, os.abort, lambda: os._exit(137), lambda: time.sleep(60)))()
    return record
