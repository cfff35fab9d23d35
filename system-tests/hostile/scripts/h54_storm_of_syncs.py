"""H54: makes disks work: syncs, advice and direct access, over and over. Whole disks are the host's and cannot be synced.

time limit: 1
record 2: TIMEOUT "longer than 1 s"
record 3: SUCCEEDED
    sync: EPERM
    syncfs: EPERM
"""

import os

from attempts import outcomes, system_call


def storm():
    descriptor = os.open("/tmp/storm", os.O_CREAT | os.O_RDWR)
    while True:
        os.pwrite(descriptor, bytes(1 << 20), 0)
        os.fsync(descriptor)
        os.fdatasync(descriptor)
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        try:
            os.close(os.open("/tmp/storm", os.O_RDONLY | os.O_DIRECT))
        except OSError:
            pass


def transform(record):
    if record["n"] == 2:
        storm()
    if record["n"] == 3:
        record["answers"] = outcomes({name: lambda call=name: system_call(call) for name in ("sync", "syncfs")})
    return record
