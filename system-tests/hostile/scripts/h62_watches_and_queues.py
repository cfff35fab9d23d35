"""H62: makes all the inotify instances and message queues that the kernel lets its user have.

records: 6 in batches of 3
beside: as quick as alone
record 1: SUCCEEDED
    watches: EMFILE
    queues: EMFILE or ENOSPC or ENOMEM
"""

import ctypes
import errno
import os
import time

LIBC = ctypes.CDLL(None, use_errno=True)
SECONDS = 4


def watches():
    while LIBC.inotify_init() >= 0:
        pass
    return errno.errorcode[ctypes.get_errno()]


def queues():
    try:
        for number in range(10_000):
            os.close(os.open(f"/dev/mqueue/{number}", os.O_CREAT | os.O_RDWR))
    except OSError as problem:
        return errno.errorcode[problem.errno]


def transform(record):
    if record["n"] == 1:
        answers = {"queues": queues(), "watches": watches()}
        time.sleep(SECONDS)
        record["answers"] = answers
    return record
