"""H48: writes what the kernel would run or do as root of the host (CVE-2022-0492 and its like).

record 2: SUCCEEDED
    /proc/sys/kernel/core_pattern: EROFS or EACCES
    /proc/sys/kernel/modprobe: EROFS or EACCES or ENOENT
    /proc/sys/vm/panic_on_oom: EROFS or EACCES
    /proc/sysrq-trigger: EROFS or EACCES or ENOENT
    /proc/self/oom_score_adj: EACCES
    /proc/self/uid_map: EPERM or EACCES
    /sys/kernel/uevent_helper: EROFS or EACCES or ENOENT
    a limit of its own group: EROFS or EACCES or ENOENT
    release_agent: EROFS or EACCES or ENOENT
    a mount of control groups: EPERM
    a group of its own: EROFS or EACCES
"""

import os

from attempts import outcomes, system_call

GROUPS = "/sys/fs/cgroup"
VALUES = {
    "/proc/sys/kernel/core_pattern": "|/tmp/x",
    "/proc/sys/kernel/modprobe": "/tmp/x",
    "/proc/sys/vm/panic_on_oom": "1",
    "/proc/sysrq-trigger": "b",
    "/proc/self/oom_score_adj": "-1000",
    "/proc/self/uid_map": "0 0 4294967295",
    "/sys/kernel/uevent_helper": "/tmp/x",
}


def write(path, text):
    with open(path, "w") as file:
        file.write(text)


def raise_limit():
    version_1 = f"{GROUPS}/memory/memory.limit_in_bytes"
    write(version_1 if os.path.exists(version_1) else f"{GROUPS}/memory.max", "1099511627776")


def make_group():
    os.mkdir(f"{GROUPS}/memory/mine" if os.path.isdir(f"{GROUPS}/memory") else f"{GROUPS}/mine")


def transform(record):
    if record["n"] == 2:
        record["answers"] = outcomes(
            {path: lambda at=path, text=text: write(at, text) for path, text in VALUES.items()}
            | {
                "a limit of its own group": raise_limit,
                "release_agent": lambda: write(f"{GROUPS}/memory/release_agent", "/tmp/x"),
                "a mount of control groups": lambda: system_call("mount", b"none", b"/tmp", b"cgroup", 0, 0),
                "a group of its own": make_group,
            }
        )
    return record
