"""H30: reads at address 0.

record 2: SCRIPT_CRASHED "signal 11"
"""

import ctypes


def transform(record):
    if record["n"] == 2:
        ctypes.string_at(0)
    return record
