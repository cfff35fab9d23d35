"""A child of the supervisor that does one task. It answers through a pipe, and what it prints is the log."""

import os
import signal
import struct
import traceback
from collections.abc import Callable
from typing import NoReturn

from pipeline_engine.linux.oom_watch import OomWatch
from pipeline_engine.linux.processes import become_untrusted, die_with_parent, make_dumpable, raise_oom_score, show_as

Answer = Callable[[bytes], None]
Task = Callable[[Answer], None]
"""What a worker does; it sends each of its answers by calling its argument."""

_LENGTH = struct.Struct(">I")
_BYTES_PER_READ = 65_536
_ANSWER_DESCRIPTOR = 3
_DESCRIPTORS = 65_536
_OOM_SCORE = 900


class InvalidAnswer(Exception):
    """A worker has answered what it cannot: something in its task has taken it over."""


class Worker:
    """`number` is its process id. Answers of more than `limit` bytes are invalid."""

    def __init__(self, task: Task, output: int, limit: int) -> None:
        self._read, write = os.pipe()
        self._limit = limit
        self._received = bytearray()
        self._oom_watch = OomWatch()
        self.number = os.fork()
        if not self.number:
            _work(task, output, write)
        os.close(write)
        os.set_blocking(self._read, False)

    def fileno(self) -> int:
        return self._read

    def read(self) -> bool:
        """Read once without waiting; false if there was nothing."""
        try:
            piece = os.read(self._read, _BYTES_PER_READ)
        except BlockingIOError:
            return False
        self._received += piece
        return bool(piece)

    def answers(self) -> list[bytes]:
        """The whole answers that were read since the last call; raises InvalidAnswer."""
        found: list[bytes] = []
        at = 0
        while len(self._received) - at >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(self._received, at)
            if length > self._limit:
                raise InvalidAnswer(f"an answer of {length} bytes")
            end = at + _LENGTH.size + length
            if end > len(self._received):
                break
            found.append(bytes(self._received[at + _LENGTH.size : end]))
            at = end
        del self._received[:at]
        return found

    def ran_out_of_memory(self) -> bool:
        return self._oom_watch.ran_out_of_memory()

    def close(self) -> None:
        os.close(self._read)


def _work(task: Task, output: int, write: int) -> NoReturn:
    try:
        _become_worker(output, write)
        task(_send)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(0)


def _become_worker(output: int, write: int) -> None:
    """Keep nothing of the supervisor, its socket to the service above all."""
    die_with_parent()
    os.setsid()
    show_as("builder")
    make_dumpable()
    raise_oom_score(os.getpid(), _OOM_SCORE)
    become_untrusted(signals_stay_within=True)
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(output, 1)
    os.dup2(output, 2)
    if write != _ANSWER_DESCRIPTOR:
        os.dup2(write, _ANSWER_DESCRIPTOR, inheritable=False)
    os.closerange(_ANSWER_DESCRIPTOR + 1, _DESCRIPTORS)


def _send(answer: bytes) -> None:
    rest = memoryview(_LENGTH.pack(len(answer)) + answer)
    while rest:
        rest = rest[os.write(_ANSWER_DESCRIPTOR, rest) :]
