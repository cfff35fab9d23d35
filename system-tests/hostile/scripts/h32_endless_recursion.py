"""H32: calls itself for ever, within Python's limit and without it.

time limit: 3
record 1: RecursionError
record 3: SCRIPT_CRASHED or OOM_KILLED or MemoryError or TIMEOUT
"""

import sys


def dive(depth):
    return dive(depth + 1) + 1


def transform(record):
    if record["n"] == 3:
        sys.setrecursionlimit(10**9)
    if record["n"] in (1, 3):
        dive(0)
    return record
