"""H64: takes all the pages of pipes that the kernel lets its user have; whoever comes after gets pipes of a page or two.

records: 6 in batches of 3
beside: as quick as alone
record 1: SUCCEEDED
    large pipes: EPERM
"""

import errno
import fcntl
import os
import time

SET_PIPE_SIZE = 1031
SECONDS = 4


def flood():
    try:
        while True:
            fcntl.fcntl(os.pipe()[1], SET_PIPE_SIZE, 1 << 20)
    except OSError as problem:
        return errno.errorcode[problem.errno]


def transform(record):
    if record["n"] == 1:
        found = flood()
        time.sleep(SECONDS)
        record["answers"] = {"large pipes": found}
    return record
