"""H53: eight processes burn the processors; together they get what one sandbox may use.

record 2: SUCCEEDED
    processors used: at most 1.2
"""

import os
import time

SECONDS = 2


def transform(record):
    if record["n"] == 2:
        began = time.monotonic()
        children = [os.fork() or burn() for _ in range(8)]
        for child in children:
            os.waitpid(child, 0)
        times = os.times()
        used = (times.children_user + times.children_system) / (time.monotonic() - began)
        record["answers"] = {"processors used": "at most 1.2" if used <= 1.2 else f"{used:.2f}"}
    return record


def burn():
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        pass
    os._exit(0)
