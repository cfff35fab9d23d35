"""H47: makes and opens devices.

record 2: SUCCEEDED
    a disk of its own: EPERM
    a character device of its own: EPERM
    /dev/mem: ENOENT or EACCES or EPERM
    /dev/kmem: ENOENT or EACCES or EPERM
    /dev/kmsg: ENOENT or EACCES or EPERM
    /dev/vda: ENOENT or EACCES or EPERM
    /dev/sda: ENOENT or EACCES or EPERM
    /dev/fuse: ENOENT or EACCES or EPERM
    /dev/kvm: ENOENT or EACCES or EPERM
    /dev/net/tun: ENOENT or EACCES or EPERM
    devices: nothing but the usual
"""

import os
import stat

from attempts import outcomes

PATHS = ("/dev/mem", "/dev/kmem", "/dev/kmsg", "/dev/vda", "/dev/sda", "/dev/fuse", "/dev/kvm", "/dev/net/tun")


USUAL = {
    "console", "core", "fd", "full", "mqueue", "null", "ptmx", "pts", "random", "shm", "stderr", "stdin", "stdout", "tty", "urandom", "zero",
}


def unusual_devices():
    return " ".join(sorted(set(os.listdir("/dev")) - USUAL)) or "nothing but the usual"


def transform(record):
    if record["n"] == 2:
        record["answers"] = outcomes(
            {
                "a disk of its own": lambda: os.mknod("/tmp/disk", stat.S_IFBLK | 0o600, os.makedev(254, 0)),
                "a character device of its own": lambda: os.mknod("/tmp/memory", stat.S_IFCHR | 0o600, os.makedev(1, 1)),
                "devices": unusual_devices,
            }
            | {path: lambda at=path: open(at, "rb").read(1) for path in PATHS}
        )
    return record
