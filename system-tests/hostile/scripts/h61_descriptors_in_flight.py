"""H61: leaves as many descriptors in flight as the kernel lets its user have, which every process that sends one pays for.

records: 6 in batches of 3
beside: as quick as alone
record 1: SUCCEEDED
    descriptors in flight: ETOOMANYREFS
"""

import errno
import os
import socket
import time

SECONDS = 4


def flood():
    ends = []
    descriptor = os.open("/dev/null", os.O_RDONLY)
    while True:
        ends.append(socket.socketpair())
        try:
            for _ in range(10):
                socket.send_fds(ends[-1][0], [b"x"], [descriptor] * 100)
        except OSError as problem:
            if problem.errno != errno.EAGAIN:
                return errno.errorcode[problem.errno], ends


def transform(record):
    if record["n"] == 1:
        found, held = flood()
        time.sleep(SECONDS)
        record["answers"] = {"descriptors in flight": found}
        del held
    return record
