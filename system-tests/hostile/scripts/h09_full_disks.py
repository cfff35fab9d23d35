"""H9: fills every folder that can be written.

record 2: SUCCEEDED
    /tmp: ENOSPC
    /dev/shm: ENOSPC
"""

from attempts import outcomes


def fill(folder):
    for number in range(1000):
        with open(f"{folder}/{number}", "wb", buffering=0) as file:
            for _ in range(8):
                file.write(bytes(1 << 20))


def transform(record):
    if record["n"] == 2:
        record["answers"] = outcomes({folder: lambda at=folder: fill(at) for folder in ("/tmp", "/dev/shm")})
    return record
