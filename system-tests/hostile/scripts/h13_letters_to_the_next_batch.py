"""H13: leaves files wherever it can; the next batch looks for them.

records: 6 in batches of 3
record 1: SUCCEEDED
    /tmp: left
    /tmp/...: left
    /dev/shm: left
    /var/tmp: EROFS
    /run/lock: EROFS or EACCES or ENOENT
    /dev/mqueue: left or EACCES or ENOENT
record 4: SUCCEEDED
    /tmp: nothing
    /tmp/...: ENOENT
    /dev/shm: nothing
    /var/tmp: nothing
    /run/lock: nothing or ENOENT
    /dev/mqueue: nothing or EACCES or ENOENT
"""

import os

from attempts import outcomes

FOLDERS = ("/tmp", "/tmp/...", "/dev/shm", "/var/tmp", "/run/lock", "/dev/mqueue")


def leave(folder):
    # What can be left among message queues is a name.
    os.close(os.open(f"{folder}/letter", os.O_CREAT | os.O_RDWR, 0o600))
    return "left"


def look(folder):
    return ", ".join(os.listdir(folder)) or "nothing"


def transform(record):
    if record["n"] == 1:
        os.makedirs("/tmp/...", mode=0o700)
        record["answers"] = outcomes({folder: lambda at=folder: leave(at) for folder in FOLDERS})
    if record["n"] == 4:
        record["answers"] = outcomes({folder: lambda at=folder: look(at) for folder in FOLDERS})
    return record
