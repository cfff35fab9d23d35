"""H70: fifty busy children against the clock of process 1, with all scheduling that a process may choose for itself.

time limit: 2
record 2: TIMEOUT
"""

import os


def burn():
    while True:
        pass


def transform(record):
    if record["n"] == 2:
        for _ in range(50):
            if not os.fork():
                os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
                burn()
        burn()
    return record
