"""H51: links in /tmp, named like what a host might look for and leading to its files; nobody follows them.

records: 6 in batches of 3
record 1: SUCCEEDED
record 4: SUCCEEDED
    /tmp: nothing
    /etc/passwd: still there
"""

import os

NAMES = ("s.sock", "results", "output.json", "stdout", "stderr", "log", "harness", "engine", ".cleared-1-0", "..results")


def transform(record):
    if record["n"] == 1:
        for name in NAMES:
            os.symlink("/etc/passwd", f"/tmp/{name}")
        os.symlink("/", "/tmp/root")
        os.symlink("/tmp/loop", "/tmp/loop")
        os.makedirs("/tmp/folder/below")
        os.symlink("/etc", "/tmp/folder/below/etc")
        os.symlink("/run/pipeline", "/dev/shm/pipeline")
    if record["n"] == 4:
        there = "still there" if os.path.getsize("/etc/passwd") else "empty"
        record["answers"] = {"/tmp": " ".join(os.listdir("/tmp")) or "nothing", "/etc/passwd": there}
    return record
