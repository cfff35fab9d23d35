"""What the engine asks of Linux about processes: whom to kill first, what is left over, who was short of memory.

Works as PID 1 of a container and, for debugging a pipeline, as an ordinary process; then it never touches
processes that it did not bring into the world.
"""

import ctypes
import itertools
import os
import resource
import signal
import time
from collections.abc import Set as AbstractSet

from pipeline_engine.linux.landlock import write_only_beneath

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_CHILD_SUBREAPER = 36

_OOM_COUNTERS = ("/sys/fs/cgroup/memory.events", "/sys/fs/cgroup/memory/memory.oom_control")
_BYTES_PER_READ = 4096
_NICENESS = 5
_OPEN_FILES = 256
_WRITABLE_FOLDERS = ("/tmp", "/var/tmp", "/dev")
_SWEEPS = 10
_BETWEEN_SWEEPS = 0.0005
_SECONDS_TO_DIE = 10.0
_REAPED_AT_ONCE = 256

_SIG_SETMASK = 2
_SIGNAL_SET_BYTES = 128
_ALL_SIGNALS = b"\xff" * _SIGNAL_SET_BYTES

_libc = ctypes.CDLL(None)


def _prctl(option: int, value: int) -> None:
    _libc.prctl(option, value, 0, 0, 0)


def die_with_parent() -> None:
    """Have the kernel kill this process when the one that forked it dies."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def adopt_orphans() -> None:
    """Become the parent of descendants whose parents die, as PID 1 is anyway."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def close_to_others() -> None:
    """Keep processes of the same user out of this one's /proc entries and memory."""
    _prctl(_PR_SET_DUMPABLE, 0)


def open_to_others() -> None:
    """Undo close_to_others in a fork: files in /proc/self belong to root as long as a process is closed."""
    _prctl(_PR_SET_DUMPABLE, 1)


def raise_oom_score(process: int, score: int) -> None:
    """Ask the kernel to take a process before those with a lower score (-1000 to 1000), if it still lives."""
    try:
        descriptor = os.open(f"/proc/{process}/oom_score_adj", os.O_WRONLY | os.O_CLOEXEC)
    except OSError:
        return
    try:
        os.write(descriptor, b"%d" % score)
    except ProcessLookupError:
        return
    finally:
        os.close(descriptor)


def hold_signals() -> bytes:
    """Block all signals of this thread; returns the mask from before, for `release_signals`."""
    before = ctypes.create_string_buffer(_SIGNAL_SET_BYTES)
    _libc.pthread_sigmask(_SIG_SETMASK, _ALL_SIGNALS, before)
    return before.raw


def release_signals(before: bytes) -> None:
    """In a fork, undo `hold_signals`."""
    _libc.pthread_sigmask(_SIG_SETMASK, before, None)


def become_untrusted() -> None:
    """In a sandbox, give up privileges of the supervisor for this process and all its descendants.

    A lower priority lets the supervisor run first. A lower limit of open files keeps descriptors for the supervisor,
    because the kernel counts those in flight for all processes of a user together. Without the right to write to /proc
    no process can make the kernel kill the supervisor first when memory runs out.
    """
    if os.getppid() != 1:
        return
    os.nice(_NICENESS)
    resource.setrlimit(resource.RLIMIT_NOFILE, (_OPEN_FILES, _OPEN_FILES))
    write_only_beneath(_WRITABLE_FOLDERS)


def has_company() -> bool:
    """Whether this process has other threads, or children."""
    return len(os.listdir("/proc/self/task")) > 1 or bool(_children_of(os.getpid()))


def company_of(process: int) -> tuple[int, bytes]:
    """Links of the folder of the threads of a process, which are one more for each, and its list of children."""
    try:
        return os.stat(f"/proc/{process}/task").st_nlink, _children_of(process)
    except OSError:
        return 0, b""


def _children_of(process: int) -> bytes:
    """The kernel's list of the children of the first thread; empty where the kernel has none."""
    return _read(f"/proc/{process}/task/{process}/children")


def oom_kills() -> int | None:
    """Processes of this sandbox that the kernel has killed for want of memory so far; None if it does not say."""
    for counter in _OOM_COUNTERS:
        for line in _read(counter).splitlines():
            if line.startswith(b"oom_kill "):
                return int(line.split()[1])
    return None


def _read(path: str) -> bytes:
    """The beginning of a file of the kernel's; empty if it is not there. A third of the system calls of open()."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return b""
    try:
        return os.read(descriptor, _BYTES_PER_READ)
    except OSError:
        return b""
    finally:
        os.close(descriptor)


def parent_of(process: int) -> int | None:
    """The parent of a living process; None for one that is dead or not there."""
    # The command name stands in brackets and may hold anything, brackets and blanks too.
    fields = _read(f"/proc/{process}/stat").rpartition(b")")[2].split(None, 2)
    return int(fields[1]) if fields and fields[0] not in (b"Z", b"X") else None


def children(known: AbstractSet[int], kernel_list: str = "/proc/self/task/{}/children") -> set[int]:
    """Process ids of the living children of this process, which has one thread, but for those that are `known`."""
    own = os.getpid()
    try:
        # May leave somebody out while others leave the list; but nobody leaves it except by being buried here.
        with open(kernel_list.format(own), "rb", buffering=0) as file:
            listed = set(map(int, file.readall().split()))
    except FileNotFoundError:
        # A kernel without such a list: anybody may be a child.
        listed = {int(name) for name in os.listdir("/proc") if name.isdecimal()}
    return {process for process in listed - known if parent_of(process) == own}


def kill_leftovers(spared: AbstractSet[int]) -> None:
    """Kill what scripts left behind: every child of this process that is not `spared`, and their orphans in turn.

    As PID 1 it kills the spared ones too if new ones come up faster than they can be killed one by one.
    """
    killed: set[int] = set()
    give_up = time.monotonic() + _SECONDS_TO_DIE
    for sweep in itertools.count():
        leftovers = children(spared)
        if not leftovers or time.monotonic() > give_up:
            return
        if sweep > _SWEEPS and leftovers - killed and os.getpid() == 1:
            # Signals all at once, so that no fork slips through; the kernel spares PID 1.
            os.kill(-1, signal.SIGKILL)
        for child in leftovers - killed:
            kill(child)
        killed |= leftovers
        time.sleep(_BETWEEN_SWEEPS)
        for child in killed:
            _reap_one(child)


def bury(process: int) -> int | None:
    """Wait for the end of a child; returns its wait status, None if somebody else has waited for it."""
    try:
        return os.waitpid(process, 0)[1]
    except ChildProcessError:
        return None


def kill(process: int) -> None:
    """SIGKILL, whether the process is still there or not."""
    try:
        os.kill(process, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def _reap_one(process: int) -> None:
    """Bury a child if it is dead: as long as it is not buried it counts as a process of the sandbox."""
    try:
        os.waitpid(process, os.WNOHANG)
    except ChildProcessError:
        return


def reap() -> list[tuple[int, int]]:
    """Bury children that have died, some at a time; returns their process ids and wait statuses."""
    buried: list[tuple[int, int]] = []
    while len(buried) < _REAPED_AT_ONCE:
        try:
            process, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return buried
        if not process:
            return buried
        buried.append((process, status))
    return buried
