"""H11: files of a terabyte with nothing in them.

record 2: SUCCEEDED
    truncate: EFBIG
    seek: EFBIG
    allocate: EFBIG or ENOSPC
"""

import os
import tempfile

from attempts import outcomes

TERABYTE = 1 << 40


def transform(record):
    if record["n"] == 2:
        with tempfile.TemporaryFile() as file:
            record["answers"] = outcomes({
                "truncate": lambda: os.truncate(file.fileno(), TERABYTE),
                "seek": lambda: os.pwrite(file.fileno(), b"x", TERABYTE),
                "allocate": lambda: os.posix_fallocate(file.fileno(), 0, TERABYTE),
            })
    return record
