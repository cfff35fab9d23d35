"""H52: sets clock and names, and helps itself to more than its share of the processors.

record 2: SUCCEEDED
    clock_settime: EPERM
    settimeofday: EPERM
    sethostname: EPERM
    setdomainname: EPERM
    nice: EPERM or EACCES
    real-time scheduling: EPERM
    deadline scheduling: EPERM or EINVAL
    real-time input and output: EPERM
    locked memory: ENOMEM or EPERM
    a higher limit: ValueError or EPERM
"""

import ctypes
import os
import resource

from attempts import outcomes, system_call

LIBC = ctypes.CDLL(None, use_errno=True)
SET_IO_PRIORITY = {"x86_64": 251, "aarch64": 30}[os.uname().machine]
REAL_TIME_IO = 1 << 13
LOCK_ALL = 3


def checked(result):
    if result < 0:
        raise OSError(ctypes.get_errno(), "refused")


def transform(record):
    if record["n"] == 2:
        calls = ("clock_settime", "settimeofday", "sethostname", "setdomainname")
        record["answers"] = outcomes(
            {name: lambda call=name: system_call(call) for name in calls}
            | {
                "nice": lambda: os.setpriority(os.PRIO_PROCESS, 0, -20),
                "real-time scheduling": lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(50)),
                "deadline scheduling": lambda: os.sched_setscheduler(0, 6, os.sched_param(0)),
                "real-time input and output": lambda: checked(LIBC.syscall(SET_IO_PRIORITY, 1, 0, REAL_TIME_IO)),
                "locked memory": lambda: checked(LIBC.mlockall(LOCK_ALL)),
                "a higher limit": lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (100_000, 100_000)),
            }
        )
    return record
