"""H63: queues as many signals as the kernel lets its user have, and reads none of them.

records: 6 in batches of 3
beside: as quick as alone
record 1: SUCCEEDED
    signals: EAGAIN
"""

import ctypes
import errno
import os
import signal
import time

LIBC = ctypes.CDLL(None, use_errno=True)
SECONDS = 4


def flood():
    number = signal.SIGRTMIN + 1
    signal.pthread_sigmask(signal.SIG_BLOCK, [number])
    process = os.getpid()
    while LIBC.sigqueue(process, number, None) == 0:
        pass
    return errno.errorcode[ctypes.get_errno()]


def transform(record):
    if record["n"] == 1:
        found = flood()
        time.sleep(SECONDS)
        record["answers"] = {"signals": found}
    return record
