"""H12: writes to the system, the engine and the kernel's settings.

record 2: SUCCEEDED
    /root_of_all: EROFS or EACCES
    /etc/passwd: EROFS or EACCES
    /usr/bin/python3: EROFS or EACCES
    /opt/engine/pipeline_engine/__init__.py: EROFS or EACCES
    /opt/engine/json.py: EROFS or EACCES
    /run/pipeline/file: EROFS or EACCES or ENOENT
    /var/tmp/file: EROFS
    /proc/sys/kernel/hostname: EROFS or EACCES
    /proc/1/oom_score_adj: EACCES
    /sys/kernel/uevent_helper: EROFS or EACCES or ENOENT
    /dev/file: EACCES
"""

from attempts import outcomes

PATHS = (
    "/root_of_all",
    "/etc/passwd",
    "/usr/bin/python3",
    "/opt/engine/pipeline_engine/__init__.py",
    "/opt/engine/json.py",
    "/run/pipeline/file",
    "/var/tmp/file",
    "/proc/sys/kernel/hostname",
    "/proc/1/oom_score_adj",
    "/sys/kernel/uevent_helper",
    "/dev/file",
)


def transform(record):
    if record["n"] == 2:
        record["answers"] = outcomes({path: lambda at=path: open(at, "a").close() for path in PATHS})
    return record
