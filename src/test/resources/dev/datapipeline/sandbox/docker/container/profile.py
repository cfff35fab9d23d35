"""Tries what a sandbox must not allow; the answer is the record's value."""

import ctypes
import errno
import os
import resource
import shutil
import socket
import subprocess
import tempfile

LIBC = ctypes.CDLL(None, use_errno=True)

# Numbers of x86_64; the calls that follow have the same number on every architecture.
CALLS_X86_64 = {
    "ptrace": 101, "syslog": 103, "setuid": 105, "setgid": 106, "setreuid": 113, "setgroups": 116, "capset": 126, "pivot_root": 155,
    "chroot": 161, "acct": 163, "settimeofday": 164, "mount": 165, "umount2": 166, "swapon": 167, "reboot": 169, "sethostname": 170,
    "ioperm": 173, "init_module": 175, "delete_module": 176, "io_setup": 206, "lookup_dcookie": 212, "remap_file_pages": 216,
    "mbind": 237, "kexec_load": 246, "add_key": 248, "request_key": 249, "keyctl": 250, "unshare": 272, "splice": 275, "tee": 276,
    "vmsplice": 278, "move_pages": 279, "perf_event_open": 298, "fanotify_init": 300, "name_to_handle_at": 303,
    "open_by_handle_at": 304, "setns": 308, "process_vm_readv": 310, "process_vm_writev": 311, "kcmp": 312, "finit_module": 313,
    "bpf": 321, "userfaultfd": 323, "modify_ldt": 154, "shmget": 29, "msgget": 68, "semget": 64, "mq_open": 240,
}
CALLS_EVERYWHERE = {
    "io_uring_setup": 425, "io_uring_enter": 426, "open_tree": 428, "move_mount": 429, "fsopen": 430, "clone3": 435, "pidfd_getfd": 438,
    "process_madvise": 440, "mount_setattr": 442, "memfd_secret": 447,
}
NEW_USER_NAMESPACE = 0x10000000


def outcome(action):
    try:
        return action()
    except OSError as error:
        return errno.errorcode.get(error.errno, str(error))


def system_call(number, *arguments):
    ctypes.set_errno(0)
    result = LIBC.syscall(number, *arguments)
    return errno.errorcode[ctypes.get_errno()] if result < 0 else "allowed"


def refused():
    calls = dict(CALLS_EVERYWHERE)
    if os.uname().machine == "x86_64":
        calls.update(CALLS_X86_64)
    answers = {name: system_call(number, 0, 0, 0, 0, 0) for name, number in calls.items()}
    if os.uname().machine == "x86_64":
        answers["clone"] = system_call(56, NEW_USER_NAMESPACE | 17, 0, 0, 0, 0)
        answers["personality"] = system_call(135, 0x40000)
    return answers


def families():
    answers = {}
    for family in range(1, 46):
        for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM, socket.SOCK_RAW):
            answer = outcome(lambda f=family, k=kind: socket.socket(f, k).close() or "open")
            if kind == socket.SOCK_DGRAM or answer == "open":
                answers[str(family)] = answer
    return answers


PROTOCOLS = {
    "TCP": (2, 1, 6), "UDP": (10, 2, 17), "MPTCP": (2, 1, 262), "UDP-Lite": (2, 2, 136), "ICMP": (2, 2, 1), "ICMPv6": (10, 2, 58),
    "SCTP": (2, 5, 0),
}


def protocols():
    return {
        name: outcome(lambda kind=kind: socket.socket(*kind).close() or "open") for name, kind in PROTOCOLS.items()
    }


# The kernel reads 32 bits of a number where a filter compares 64.
BEYOND = 1 << 32


def others():
    """What might change another process, among them process 1; the numbers of calls differ by architecture."""
    x86 = os.uname().machine == "x86_64"
    limits = (ctypes.c_ulong * 2)(4, 4)
    one, wide = ctypes.c_ulong(1), ctypes.c_ulong(BEYOND | 1)
    calls = {
        "prlimit64": (302 if x86 else 261, one, 7, limits, 0), "prlimit64 wide": (302 if x86 else 261, wide, 7, limits, 0),
        "setpriority": (141 if x86 else 140, 0, 1, 19), "setpriority of the user": (141 if x86 else 140, 2, 0, 19),
        "setpriority of the group": (141 if x86 else 140, 1, 0, 19), "ioprio_set": (251 if x86 else 30, 1, 1, 0x6000),
        "sched_setscheduler": (144 if x86 else 119, one, 5, limits), "sched_setscheduler wide": (144 if x86 else 119, wide, 5, limits),
        "sched_setaffinity": (203 if x86 else 122, one, 8, limits), "sched_setattr": (314 if x86 else 274, one, limits, 0),
        "subreaper": (157 if x86 else 167, 36, 1, 0, 0, 0), "subreaper wide": (157 if x86 else 167, ctypes.c_ulong(BEYOND | 36), 1, 0, 0, 0),
    }
    return {name: system_call(*call) for name, call in calls.items()}


def masked():
    paths = ("cmdline", "interrupts", "kcore", "config.gz", "diskstats", "locks", "key-users", "keys", "sys/kernel/random/boot_id")
    return {path: outcome(lambda p=path: "empty" if not read(f"/proc/{p}") else "readable") for path in paths}


def read(path):
    with open(path, "rb") as file:
        return file.read(100)


def lower_oom_score():
    with open("/proc/self/oom_score_adj", "wb") as file:
        file.write(b"500")


def write(folder):
    path = folder.rstrip("/") + "/probe"
    with open(path, "w") as file:
        file.write("x")
    os.remove(path)
    return "written"


def fill_temporary_files():
    with tempfile.TemporaryDirectory() as folder:
        for number in range(10):
            with open(f"{folder}/{number}", "wb", buffering=0) as file:
                for _ in range(15):
                    file.write(bytes(1 << 20))
    return "no bound"


def huge_file():
    with tempfile.TemporaryFile() as file:
        os.truncate(file.fileno(), 1 << 40)
    return "no bound"


def many_files():
    with tempfile.TemporaryDirectory() as folder:
        for number in range(10_000):
            os.close(os.open(f"{folder}/{number}", os.O_CREAT))
    return "no bound"


def many_open_files():
    opened = []
    try:
        for _ in range(10_000):
            opened.append(os.open("/dev/null", os.O_RDONLY))
    finally:
        for descriptor in opened:
            os.close(descriptor)
    return "no bound"


def many_processes():
    children = []
    try:
        for _ in range(1_000):
            child = os.fork()
            if child == 0:
                while True:
                    LIBC.pause()
            children.append(child)
    finally:
        for child in children:
            os.kill(child, 9)
            os.waitpid(child, 0)
    return "no bound"


def has_noexec():
    shutil.copy("/bin/true", "/tmp/true")
    os.chmod("/tmp/true", 0o755)
    try:
        subprocess.run(["/tmp/true"], check=True)
        return False
    except PermissionError:
        return True
    finally:
        os.remove("/tmp/true")


def find(condition):
    found = []
    for folder, _, names in os.walk("/", onerror=lambda error: None):
        if folder.startswith(("/proc", "/sys")):
            continue
        for name in names:
            path = os.path.join(folder, name)
            try:
                if condition(os.lstat(path)):
                    found.append(path)
            except OSError:
                pass
    return found


def transform(record):
    with open("/proc/self/status") as file:
        status = dict(line.strip().split(":\t", 1) for line in file if ":\t" in line)
    with open("/proc/net/dev") as file:
        interfaces = [line.split(":")[0].strip() for line in file if ":" in line]
    return {
        "uid": os.getuid(),
        "gid": os.getgid(),
        "status": status,
        "interfaces": ",".join(interfaces),
        "connect": outcome(lambda: socket.create_connection(("192.0.2.1", 80), 2)),
        "write": {
            folder: outcome(lambda f=folder: write(f))
            for folder in (
                "/", "/etc", "/opt/engine", "/usr", "/run", "/run/pipeline", "/proc/sys/kernel", "/sys", "/tmp", "/dev/shm",
            )
        },
        "fillTemporaryFiles": outcome(fill_temporary_files),
        "hugeFile": outcome(huge_file),
        "manyFiles": outcome(many_files),
        "manyOpenFiles": outcome(many_open_files),
        "manyProcesses": outcome(many_processes),
        "noexec": has_noexec(),
        "refused": refused(),
        "families": families(),
        "protocols": protocols(),
        "others": others(),
        "masked": masked(),
        "openFiles": " ".join(map(str, resource.getrlimit(resource.RLIMIT_NOFILE))),
        "openFilesOfProcess1": " ".join(map(str, resource.prlimit(1, resource.RLIMIT_NOFILE))),
        "oomScoreOfProcess1": read("/proc/1/oom_score_adj").decode().strip(),
        "oomScore": read("/proc/self/oom_score_adj").decode().strip(),
        "lowerOomScore": outcome(lower_oom_score),
        "setuidFiles": find(lambda stat: stat.st_mode & 0o6000 and not stat.st_mode & 0o040000),
        "hostname": socket.gethostname(),
        "environment": sorted(os.environ),
        "dockerSockets": [path for path in find(lambda stat: stat.st_mode & 0o170000 == 0o140000)],
        "socketFolder": outcome(lambda: os.listdir("/run/pipeline")),
    }
