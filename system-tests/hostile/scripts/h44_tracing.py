"""H44: traces process 1 and reads its memory, its files and its sockets.

record 2: SUCCEEDED
    ptrace: EPERM
    process_vm_readv: EPERM
    process_vm_writev: EPERM
    kcmp: EPERM
    pidfd_getfd: EPERM or ENOSYS
    process_madvise: EPERM or ENOSYS
    /proc/1/mem: EACCES
    /proc/1/syscall: EACCES or ENOENT or EPERM
"""

from attempts import outcomes, system_call

ATTACH = 16


def transform(record):
    if record["n"] == 2:
        calls = ("process_vm_readv", "process_vm_writev", "kcmp", "pidfd_getfd", "process_madvise")
        record["answers"] = outcomes(
            {"ptrace": lambda: system_call("ptrace", ATTACH, 1, 0, 0)}
            | {name: lambda call=name: system_call(call, 1, 1, 0, 0, 0) for name in calls}
            | {path: lambda at=path: open(at, "rb").read(1) for path in ("/proc/1/mem", "/proc/1/syscall")}
        )
    return record
