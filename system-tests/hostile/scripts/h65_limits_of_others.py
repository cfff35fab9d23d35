"""H65: takes files, processors and priority from process 1 and from the loader; the kernel reads 32 bits of a number, a filter 64.

records: 6 in batches of 3
record 1: SUCCEEDED
    limits of process 1: EPERM
    limits of process 1, wide: EPERM
    limits of the loader: EPERM
    scheduling of process 1: EPERM
    scheduling of process 1, wide: EPERM
    parameters of process 1: EPERM
    attributes of process 1: EPERM
    processors of process 1: EPERM
    processors of the loader: EPERM
    priority of process 1: EPERM
    priority of all of the user: EPERM
    priority of the group: EPERM
    input and output of process 1: EPERM
    comparing with process 1: EPERM
    its own limits: succeeded
    its own scheduling: succeeded
    its own processors: succeeded
    its own priority: succeeded
"""

import ctypes
import os
import resource

from attempts import outcomes, system_call

BEYOND = 1 << 32
IDLE = 5


def transform(record):
    if record["n"] == 1:
        loader = os.getppid()
        few = (ctypes.c_ulong * 2)(4, 4)
        none = (ctypes.c_ulong * 8)()
        wide = ctypes.c_ulong(BEYOND | 1)
        own_priority = lambda: os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
        record["answers"] = outcomes({
            "limits of process 1": lambda: system_call("prlimit64", 1, 7, few, 0),
            "limits of process 1, wide": lambda: system_call("prlimit64", wide, 7, few, 0),
            "limits of the loader": lambda: system_call("prlimit64", loader, 7, few, 0),
            "scheduling of process 1": lambda: system_call("sched_setscheduler", 1, IDLE, none),
            "scheduling of process 1, wide": lambda: system_call("sched_setscheduler", wide, IDLE, none),
            "parameters of process 1": lambda: system_call("sched_setparam", 1, none),
            "attributes of process 1": lambda: system_call("sched_setattr", 1, none, 0),
            "processors of process 1": lambda: system_call("sched_setaffinity", 1, 8, few),
            "processors of the loader": lambda: system_call("sched_setaffinity", loader, 8, few),
            "priority of process 1": lambda: system_call("setpriority", 0, 1, 19),
            "priority of all of the user": lambda: system_call("setpriority", 2, 0, 19),
            "priority of the group": lambda: system_call("setpriority", 1, 0, 19),
            "input and output of process 1": lambda: system_call("ioprio_set", 1, 1, 3 << 13),
            "comparing with process 1": lambda: system_call("kcmp", 1, os.getpid(), 0, 0, 0),
            "its own limits": lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (100, 200)),
            "its own scheduling": own_priority,
            "its own processors": lambda: os.sched_setaffinity(0, os.sched_getaffinity(0)),
            "its own priority": lambda: os.nice(1),
        })
    return record
