"""H67: an import starts a thread, a process and a timer that go on through all batches, and adopts orphans.

records: 6 in batches of 3
record 1: SUCCEEDED
    adopting orphans: EPERM
    adopting orphans, wide: EPERM
    processes: none
record 4: SUCCEEDED
    processes: none
    ticks: few
"""

import ctypes
import os
import signal
import threading
import time

from attempts import name_this_process, outcomes, processes_named, system_call

NAME = b"of-an-import"
ADOPT = 36
BEYOND = 1 << 32
ticks = []


def tick():
    while True:
        time.sleep(0.005)
        ticks.append(1)


adopted = outcomes({
    "adopting orphans": lambda: system_call("prctl", ADOPT, 1, 0, 0, 0),
    "adopting orphans, wide": lambda: system_call("prctl", ctypes.c_ulong(BEYOND | ADOPT), 1, 0, 0, 0),
})
if not os.fork():
    name_this_process(NAME)
    time.sleep(600)
    os._exit(0)
signal.signal(signal.SIGALRM, lambda *_: ticks.append(1))
signal.setitimer(signal.ITIMER_REAL, 0.005, 0.005)
threading.Thread(target=tick, daemon=True).start()


def living():
    return ", ".join(processes_named(NAME)) or "none"


def transform(record):
    if record["n"] == 1:
        time.sleep(2)
        record["answers"] = adopted | {"processes": living()}
    if record["n"] == 4:
        record["answers"] = {"processes": living(), "ticks": "few" if len(ticks) < 200 else str(len(ticks))}
    return record
