"""H42: system calls through io_uring, which no filter sees.

record 2: SUCCEEDED
    io_uring_setup: EPERM or ENOSYS
    io_uring_enter: EPERM or ENOSYS
    io_uring_register: EPERM or ENOSYS
"""

from attempts import outcomes, system_call

CALLS = ("io_uring_setup", "io_uring_enter", "io_uring_register")


def transform(record):
    if record["n"] == 2:
        record["answers"] = outcomes({name: lambda call=name: system_call(call) for name in CALLS})
    return record
