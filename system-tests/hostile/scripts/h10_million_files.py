"""H10: a million empty files.

record 2: SUCCEEDED
    files: ENOSPC
"""

import os

from attempts import outcomes


def make_files():
    for number in range(1_000_000):
        os.close(os.open(f"/tmp/{number}", os.O_CREAT))


def transform(record):
    if record["n"] == 2:
        record["answers"] = outcomes({"files": make_files})
    return record
