"""H20: one line without an end, to standard output and to standard error.

time limit: 1
record 2: TIMEOUT "longer than 1 s"
log: "bytes left out"
"""

import os


def transform(record):
    while record["n"] == 2:
        os.write(1, b"o" * 65_536)
        os.write(2, b"e" * 65_536)
    return record
