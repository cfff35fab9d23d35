"""Processes: their children, signals, death and priority for the out-of-memory killer.

Works as PID 1 of a container and, for debugging a pipeline, as an ordinary process; then it never touches processes
that are not its descendants.
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
_PR_SET_NAME = 15
_PR_SET_CHILD_SUBREAPER = 36

_OOM_COUNTERS = ("/sys/fs/cgroup/memory.events", "/sys/fs/cgroup/memory/memory.oom_control")
_BYTES_PER_READ = 4096
_NICENESS = 5
_OPEN_FILES = 256
_WRITABLE_FOLDERS = ("/tmp", "/var/tmp", "/dev")
_SWEEPS = 10
_SECONDS_BETWEEN_SWEEPS = 0.0005
_SECONDS_TO_DIE = 10.0
_REAPED_AT_ONCE = 256

_SIG_SETMASK = 2
_SIGNAL_SET_BYTES = 128
_ALL_SIGNALS = b"\xff" * _SIGNAL_SET_BYTES

_SIGKILL = int(signal.SIGKILL)

_libc = ctypes.CDLL(None)
_set_process = _libc.prctl
_set_signal_mask = _libc.pthread_sigmask


def _prctl(option: int, value: int) -> None:
    _libc.prctl(option, value, 0, 0, 0)


def die_with_parent() -> None:
    """Have the kernel kill this process when the one that forked it dies."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def live_without_parent() -> None:
    """Undo `die_with_parent`."""
    _prctl(_PR_SET_PDEATHSIG, 0)


def adopt_orphans() -> None:
    """Become the parent of descendants whose parents die, as PID 1 is anyway."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def make_undumpable() -> None:
    """Deny other processes of the same user access to the memory and the /proc entries of this one."""
    _prctl(_PR_SET_DUMPABLE, 0)


def make_dumpable() -> None:
    """Undo make_undumpable in a fork, so that its files in /proc/self no longer belong to root."""
    _prctl(_PR_SET_DUMPABLE, 1)


def show_as(name: str) -> None:
    """Have lists of processes show this one by another name, of at most 15 bytes."""
    _libc.prctl(_PR_SET_NAME, name.encode(), 0, 0, 0)


def raise_oom_score(process: int, score: int) -> None:
    """Have the kernel kill a process before those with a lower score (-1000 to 1000) when memory runs out."""
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


def block_signals() -> bytes:
    """Block all signals of this thread; returns the mask from before, for `restore_signals`."""
    before = ctypes.create_string_buffer(_SIGNAL_SET_BYTES)
    _libc.pthread_sigmask(_SIG_SETMASK, _ALL_SIGNALS, before)
    return before.raw


def restore_signals(before: bytes) -> None:
    """In a fork, undo `block_signals`."""
    _libc.pthread_sigmask(_SIG_SETMASK, before, None)


def become_batch_process(signals: bytes) -> None:
    """In a fork of the loader: `make_dumpable`, `die_with_parent` and `restore_signals` in few steps."""
    _set_process(_PR_SET_DUMPABLE, 1)
    _set_process(_PR_SET_PDEATHSIG, _SIGKILL)
    _set_signal_mask(_SIG_SETMASK, signals, None)


def become_untrusted(signals_stay_within: bool) -> None:
    """In a sandbox, give up privileges of the supervisor for this process and all its descendants.

    A lower priority lets the supervisor run first. A lower limit of open files keeps descriptors for the supervisor,
    because the kernel counts those in flight for all processes of a user together. Without the right to write to /proc
    no process can make the kernel kill the supervisor first when memory runs out. With `signals_stay_within` they can
    signal each other only, where the kernel supports that.
    """
    if os.getppid() != 1:
        return
    os.nice(_NICENESS)
    resource.setrlimit(resource.RLIMIT_NOFILE, (_OPEN_FILES, _OPEN_FILES))
    write_only_beneath(_WRITABLE_FOLDERS, signals_stay_within)


def give_up_files() -> None:
    """In a sandbox, give up the right to write to any file, for a helper process that runs no user code."""
    if os.getppid() == 1:
        write_only_beneath(())


def has_threads_or_children() -> bool:
    """Whether this process has other threads, or children."""
    return len(threads()) > 1 or bool(_children_of(os.getpid()))


def threads() -> list[int]:
    """The kernel's numbers of the threads of this process, whoever has started them."""
    return [int(name) for name in os.listdir("/proc/self/task")]


def name_of_thread(number: int) -> str:
    """The name of a thread of this process, empty if it has ended."""
    return _read(f"/proc/self/task/{number}/comm").decode("utf-8", "replace").rstrip("\n")


def count_threads() -> int:
    """A number that rises by one with every thread of this process; costs less than to list them."""
    return os.stat("/proc/self/task").st_nlink


def threads_and_children_of(process: int) -> tuple[int, bytes]:
    """A value that changes when the process gets or loses a thread or a child."""
    try:
        return os.stat(f"/proc/{process}/task").st_nlink, _children_of(process)
    except OSError:
        return 0, b""


def _children_of(process: int) -> bytes:
    """The kernel's list of the children of the first thread; empty if the kernel does not keep one."""
    return _read(f"/proc/{process}/task/{process}/children")


def oom_kills() -> int | None:
    """How many processes of this sandbox the kernel has killed for lack of memory; None if unknown."""
    for counter in _OOM_COUNTERS:
        for line in _read(counter).splitlines():
            if line.startswith(b"oom_kill "):
                return int(line.split()[1])
    return None


def _read(path: str) -> bytes:
    """The beginning of a file in /proc or /sys, empty if it does not exist; a third of the system calls of open()."""
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


def memory_of(process: int) -> int:
    """Bytes of memory that the process holds for itself and shares with its forks; 0 if it does not exist."""
    pages = _read(f"/proc/{process}/statm").split()
    return (int(pages[1]) - int(pages[2])) * resource.getpagesize() if pages else 0


def parent_of(process: int) -> int | None:
    """The parent of a living process; None for one that is dead or does not exist."""
    # The command name is in brackets and may contain anything, brackets and blanks too.
    fields = _read(f"/proc/{process}/stat").rpartition(b")")[2].split(None, 2)
    return int(fields[1]) if fields and fields[0] not in (b"Z", b"X") else None


def children(known: AbstractSet[int], kernel_list: str = "/proc/self/task/{}/children") -> set[int]:
    """Process ids of the living children of this process, which has one thread, except those in `known`."""
    own = os.getpid()
    try:
        # The kernel may skip a child while others leave the list, but they leave it only when they are reaped here.
        with open(kernel_list.format(own), "rb", buffering=0) as file:
            listed = set(map(int, file.readall().split()))
    except FileNotFoundError:
        # A kernel without such a list: any process may be a child.
        listed = {int(name) for name in os.listdir("/proc") if name.isdecimal()}
    return {process for process in listed - known if parent_of(process) == own}


def kill_leftovers(spared: AbstractSet[int]) -> None:
    """Kill every child of this process that is not `spared`, and the orphans that this leaves.

    As PID 1 it kills the spared ones too if new processes start faster than they can be killed one by one.
    """
    killed: set[int] = set()
    give_up = time.monotonic() + _SECONDS_TO_DIE
    for sweep in itertools.count():
        leftovers = children(spared)
        if not leftovers or time.monotonic() > give_up:
            return
        if sweep > _SWEEPS and leftovers - killed and os.getpid() == 1:
            # One call signals all processes, so that no fork escapes; the kernel leaves PID 1 out.
            os.kill(-1, signal.SIGKILL)
        for child in leftovers - killed:
            kill(child)
        killed |= leftovers
        time.sleep(_SECONDS_BETWEEN_SWEEPS)
        for child in killed:
            _reap_one(child)


def wait_for_end(process: int) -> int | None:
    """Wait for the end of a child; returns its wait status, None if it was reaped already."""
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


def resume(process: int) -> None:
    """Have a process go on that a script has stopped."""
    try:
        os.kill(process, signal.SIGCONT)
    except (ProcessLookupError, PermissionError):
        return


def _reap_one(process: int) -> None:
    """Reap a child if it is dead: until then it counts against the limit of processes."""
    try:
        os.waitpid(process, os.WNOHANG)
    except ChildProcessError:
        return


def reap() -> list[tuple[int, int]]:
    """Reap dead children, at most 256 at a time; returns their process ids and wait statuses."""
    reaped: list[tuple[int, int]] = []
    while len(reaped) < _REAPED_AT_ONCE:
        try:
            process, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return reaped
        if not process:
            return reaped
        reaped.append((process, status))
    return reaped
