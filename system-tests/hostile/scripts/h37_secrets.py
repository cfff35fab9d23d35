"""H37: looks for secrets in its surroundings; whatever it finds is in the results, where the test looks for its own.

record 2: SUCCEEDED
    /proc/1/environ: EACCES
    /proc/1/mem: EACCES
    /proc/1/maps: EACCES
    /proc/1/fd: EACCES
    /proc/1/root: EACCES
    /proc/1/cwd: EACCES
    /proc/kcore: EACCES or EPERM or ENOENT or nothing
    environment: HOME HOSTNAME LANG OMP_NUM_THREADS OPENBLAS_NUM_THREADS PATH USER
    arguments: nothing of a user
"""

import os

from attempts import outcomes

VISIBLE = ("/proc/self/environ", "/proc/1/cmdline", "/proc/self/mountinfo", "/proc/self/cgroup", "/etc/hosts", "/etc/resolv.conf")


def read(path):
    with open(path, "rb") as file:
        return file.read(100_000)


def arguments():
    words = read("/proc/1/cmdline").decode().split("\0")
    return "nothing of a user" if words[-2].startswith("/run/pipeline/") else " ".join(words)


def transform(record):
    if record["n"] == 2:
        record["answers"] = outcomes({
            "/proc/1/environ": lambda: len(read("/proc/1/environ")),
            "/proc/1/mem": lambda: len(read("/proc/1/mem")),
            "/proc/1/maps": lambda: len(read("/proc/1/maps")),
            "/proc/1/fd": lambda: os.listdir("/proc/1/fd"),
            "/proc/1/root": lambda: os.listdir("/proc/1/root"),
            "/proc/1/cwd": lambda: os.listdir("/proc/1/cwd"),
            "/proc/kcore": lambda: "memory of the host" if read("/proc/kcore") else "nothing",
            "environment": lambda: " ".join(sorted(os.environ)),
            "arguments": arguments,
        })
        record["seen"] = {path: read(path).decode("utf-8", "replace") for path in VISIBLE}
    return record
