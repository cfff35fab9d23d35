"""The pre-stage of scripts that try several things: what they import from `attempts`."""

import ctypes
import errno
import gc
import json
import os
import re
import socket
import sys

_LIBC = ctypes.CDLL(None, use_errno=True)

_NUMBERS = {
    "x86_64": {
        "acct": 163, "add_key": 248, "bpf": 321, "chroot": 161, "clock_settime": 227, "clone": 56, "delete_module": 176,
        "fanotify_init": 300, "finit_module": 313, "init_module": 175, "ioprio_set": 251, "kcmp": 312, "kexec_load": 246, "keyctl": 250,
        "mount": 165, "move_pages": 279, "name_to_handle_at": 303, "open_by_handle_at": 304, "perf_event_open": 298,
        "personality": 135, "pivot_root": 155, "prctl": 157, "prlimit64": 302, "process_vm_readv": 310, "process_vm_writev": 311, "ptrace": 101,
        "quotactl": 179, "reboot": 169, "request_key": 249, "sched_setaffinity": 203, "sched_setattr": 314, "sched_setparam": 142,
        "sched_setscheduler": 144, "setpriority": 141, "setdomainname": 171, "sethostname": 170, "setns": 308,
        "settimeofday": 164, "splice": 275, "swapon": 167, "sync": 162, "syncfs": 306, "syslog": 103, "tee": 276,
        "umount2": 166, "unshare": 272, "userfaultfd": 323, "vmsplice": 278,
    },
    "aarch64": {
        "acct": 89, "add_key": 217, "bpf": 280, "chroot": 51, "clock_settime": 112, "clone": 220, "delete_module": 106,
        "fanotify_init": 262, "finit_module": 273, "init_module": 105, "ioprio_set": 30, "kcmp": 272, "kexec_load": 104, "keyctl": 219,
        "mount": 40, "move_pages": 239, "name_to_handle_at": 264, "open_by_handle_at": 265, "perf_event_open": 241,
        "personality": 92, "pivot_root": 41, "prctl": 167, "prlimit64": 261, "process_vm_readv": 270, "process_vm_writev": 271, "ptrace": 117,
        "quotactl": 60, "reboot": 142, "request_key": 218, "sched_setaffinity": 122, "sched_setattr": 274, "sched_setparam": 118,
        "sched_setscheduler": 119, "setpriority": 140, "setdomainname": 162, "sethostname": 161, "setns": 268,
        "settimeofday": 170, "splice": 76, "swapon": 224, "sync": 81, "syncfs": 267, "syslog": 116, "tee": 77,
        "umount2": 39, "unshare": 97, "userfaultfd": 282, "vmsplice": 75,
    },
}
_NUMBERS_EVERYWHERE = {
    "io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427, "open_tree": 428, "move_mount": 429,
    "fsopen": 430, "fsmount": 432, "clone3": 435, "pidfd_getfd": 438, "process_madvise": 440, "mount_setattr": 442,
    "memfd_secret": 447,
}


def system_call(name, *arguments):
    """Call the kernel past the C library; raises OSError."""
    numbers = _NUMBERS_EVERYWHERE | _NUMBERS[os.uname().machine]
    ctypes.set_errno(0)
    result = _LIBC.syscall(numbers[name], *(arguments or (0, 0, 0, 0, 0)))
    if result < 0:
        raise OSError(ctypes.get_errno(), name)
    return result


def outcome_of(attempt):
    """What came of calling `attempt`: the text it returns, the name of its error, or `succeeded`."""
    try:
        result = attempt()
    except OSError as problem:
        return errno.errorcode.get(problem.errno) or type(problem).__name__
    except BaseException as problem:
        return type(problem).__name__
    return result if isinstance(result, str) else "succeeded"


def outcomes(attempts):
    """Try each of `attempts`, functions by name; never raises."""
    return {name: outcome_of(attempt) for name, attempt in attempts.items()}


def processes_named(name):
    """Numbers of the processes with that name, as `name_this_process` gives it."""
    found = []
    for process in filter(str.isdecimal, os.listdir("/proc")):
        try:
            with open(f"/proc/{process}/comm", "rb") as file:
                if file.read().strip() == name:
                    found.append(process)
        except OSError:
            pass
    return found


def name_this_process(name):
    _LIBC.prctl(15, name)


def batch_process():
    """The engine's own object in this process: nothing in an interpreter can be hidden from what runs in it."""
    # What the loader has made is out of the sight of the collector.
    gc.unfreeze()
    return next(found for found in gc.get_objects() if type(found).__name__ == "BatchProcess")


RELAY = ("127.0.0.1", 11411)


def model_call(path="/v1/chat/completions", **fields):
    """A call of a model as a client sends it; fields are those of its body."""
    question = {"role": "user", "content": "answer"}
    body = json.dumps({"model": "stub-model", "max_tokens": 16, "messages": [question], **fields}).encode()
    return f"POST {path} HTTP/1.1\r\nHost: relay\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def connect(address=RELAY):
    channel = socket.socket(socket.AF_UNIX if isinstance(address, str) else socket.AF_INET)
    channel.settimeout(8)
    channel.connect(address)
    return channel


def answer_to(sent, address=RELAY):
    """Status and code of each answer to these bytes, or `closed`."""
    with connect(address) as channel:
        channel.sendall(sent)
        return meaning_of(heard_on(channel))


def heard_on(channel):
    heard = b""
    while piece := channel.recv(1 << 16):
        heard += piece
    return heard


def meaning_of(heard):
    statuses = re.findall(rb"HTTP/1\.1 (\d{3}) ", heard)
    codes = dict.fromkeys(re.findall(rb'"code": ?"([a-z_]+)"', heard))
    return b" ".join([*statuses, *codes]).decode() or "closed"


def transform(record):
    return record


sys.modules["attempts"] = sys.modules[__name__]
