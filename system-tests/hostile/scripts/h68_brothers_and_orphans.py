"""H68: leaves processes that are nobody's child, or the loader's, with everything that the record held open.

records: 6 in batches of 3
record 1: SUCCEEDED
    a child of the loader: EPERM
    a process of its own: started
record 4: SUCCEEDED
    processes: none
"""

import os
import signal
import time

from attempts import name_this_process, outcome_of, processes_named, system_call

NAME = b"left-behind"
CLONE_PARENT = 0x8000


def leave_behind():
    if not os.fork():
        os.setsid()
        if not os.fork():
            name_this_process(NAME)
            while True:
                time.sleep(600)
        os._exit(0)
    while not processes_named(NAME):
        time.sleep(0.01)
    return "started"


def transform(record):
    if record["n"] == 1:
        brother = outcome_of(lambda: system_call("clone", CLONE_PARENT | signal.SIGCHLD, 0, 0, 0, 0))
        record["answers"] = {"a child of the loader": brother, "a process of its own": leave_behind()}
    if record["n"] == 4:
        record["answers"] = {"processes": ", ".join(processes_named(NAME)) or "none"}
    return record
