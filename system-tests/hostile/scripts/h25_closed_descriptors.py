"""H25: closes standard input, output and error, and then everything.

record 1: SUCCEEDED
record 3: OSError "Bad file descriptor"
"""

import os


def transform(record):
    if record["n"] == 1:
        os.closerange(0, 3)
    if record["n"] == 3:
        os.closerange(0, 256)
        os.write(3, b"to nobody")
    return record
