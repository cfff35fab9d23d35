"""H16: a daemon, forked twice and in a session of its own; the next batch looks for it.

records: 6 in batches of 3
record 1: SUCCEEDED
    daemon: started
record 4: SUCCEEDED
    processes of nobody's: none
"""

import ctypes
import os
import time

SET_NAME = 15
NAME = b"the-daemon"


def become_daemon():
    if os.fork():
        return
    os.setsid()
    if os.fork():
        os._exit(0)
    ctypes.CDLL(None).prctl(SET_NAME, NAME)
    time.sleep(600)
    os._exit(0)


def daemons():
    found = []
    for process in filter(str.isdecimal, os.listdir("/proc")):
        try:
            with open(f"/proc/{process}/comm", "rb") as file:
                if file.read().strip() == NAME:
                    found.append(process)
        except OSError:
            pass
    return found


def transform(record):
    if record["n"] == 1:
        become_daemon()
        while not daemons():
            time.sleep(0.01)
        record["answers"] = {"daemon": "started"}
    if record["n"] == 4:
        record["answers"] = {"processes of nobody's": ", ".join(daemons()) or "none"}
    return record
