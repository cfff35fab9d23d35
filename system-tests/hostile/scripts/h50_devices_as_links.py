"""H50: puts links where the container runtime finds devices (CVE-2025-31133, CVE-2025-52565).

record 2: SUCCEEDED
    remove /dev/null: EACCES or EROFS or EBUSY
    remove /dev/pts: EACCES or EROFS or EBUSY
    rename /dev/null: EACCES or EROFS or EBUSY
    link at /dev/console: EACCES or EROFS or EEXIST
    link at /dev/new: EACCES or EROFS
    link at /proc/new: ENOENT or EACCES or EROFS or EPERM
"""

import os

from attempts import outcomes


def transform(record):
    if record["n"] == 2:
        record["answers"] = outcomes({
            "remove /dev/null": lambda: os.unlink("/dev/null"),
            "remove /dev/pts": lambda: os.rmdir("/dev/pts"),
            "rename /dev/null": lambda: os.rename("/dev/null", "/dev/other"),
            "link at /dev/console": lambda: os.symlink("/proc/sys/kernel/core_pattern", "/dev/console"),
            "link at /dev/new": lambda: os.symlink("/", "/dev/new"),
            "link at /proc/new": lambda: os.symlink("/", "/proc/new"),
        })
    return record
