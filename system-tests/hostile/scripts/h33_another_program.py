"""H33: becomes another program.

time limit: 1
record 1: SCRIPT_CRASHED "exit code 0"
record 3: TIMEOUT "longer than 1 s"
"""

import os


def transform(record):
    if record["n"] == 1:
        os.execv("/bin/sh", ["sh", "-c", "echo forged; exit 0"])
    if record["n"] == 3:
        os.execv("/bin/sleep", ["sleep", "600"])
    return record
