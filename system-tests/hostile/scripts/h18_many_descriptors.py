"""H18: a hundred thousand open files and sockets.

record 2: SUCCEEDED
    files: EMFILE
    sockets: EMFILE
    pipes: EMFILE
"""

import os
import socket

from attempts import outcomes

MANY = 100_000


def transform(record):
    if record["n"] == 2:
        record["answers"] = outcomes({
            "files": lambda: [open("/dev/null") for _ in range(MANY)],
            "sockets": lambda: [socket.socket() for _ in range(MANY)],
            "pipes": lambda: hoard_pipes(),
        })
    return record


def hoard_pipes():
    opened = []
    try:
        while len(opened) < MANY:
            opened.extend(os.pipe())
    finally:
        for descriptor in opened:
            os.close(descriptor)
