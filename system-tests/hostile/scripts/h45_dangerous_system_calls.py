"""H45: system calls that holes of the kernel were found behind, by number.

record 2: SUCCEEDED
    bpf: EPERM or ENOSYS
    perf_event_open: EPERM or ENOSYS
    keyctl: EPERM or ENOSYS
    add_key: EPERM or ENOSYS
    request_key: EPERM or ENOSYS
    userfaultfd: EPERM or ENOSYS
    kexec_load: EPERM or ENOSYS
    init_module: EPERM or ENOSYS
    finit_module: EPERM or ENOSYS
    delete_module: EPERM or ENOSYS
    name_to_handle_at: EPERM or ENOSYS
    open_by_handle_at: EPERM or ENOSYS
    fanotify_init: EPERM or ENOSYS
    syslog: EPERM or ENOSYS
    splice: EPERM or ENOSYS
    vmsplice: EPERM or ENOSYS
    tee: EPERM or ENOSYS
    memfd_secret: EPERM or ENOSYS
    move_pages: EPERM or ENOSYS
    quotactl: EPERM or ENOSYS
    swapon: EPERM or ENOSYS
    reboot: EPERM or ENOSYS
    acct: EPERM or ENOSYS
    personality without address randomisation: EPERM or ENOSYS
"""

from attempts import outcomes, system_call

NO_RANDOMISATION = 0x40000
CALLS = (
    "bpf", "perf_event_open", "keyctl", "add_key", "request_key", "userfaultfd", "kexec_load", "init_module", "finit_module",
    "delete_module", "name_to_handle_at", "open_by_handle_at", "fanotify_init", "syslog", "splice", "vmsplice", "tee", "memfd_secret",
    "move_pages", "quotactl", "swapon", "reboot", "acct",
)


def transform(record):
    if record["n"] == 2:
        record["answers"] = outcomes(
            {name: lambda call=name: system_call(call) for name in CALLS}
            | {"personality without address randomisation": lambda: system_call("personality", NO_RANDOMISATION)}
        )
    return record
