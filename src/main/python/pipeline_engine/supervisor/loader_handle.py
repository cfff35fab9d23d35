"""The supervisor's view of the loader: its process, what it says, and what it is asked for."""

import os
import socket
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from pipeline_engine.protocol.pipeline import Pipeline
from pipeline_engine.linux.processes import kill
from pipeline_engine.protocol.reports import Report
from pipeline_engine.loader import loader
from pipeline_engine.runner.batch_process import Pipes
from pipeline_engine.channels.shared_memory import SharedMemory
from pipeline_engine.supervisor.causes import Cause
from pipeline_engine.linux.oom_watch import OomWatch
from pipeline_engine.scripts.user_frames import UserFrame

_EXIT_ENGINE_FAILED = 70
_MESSAGES_AT_ONCE = 64


class LoaderMessage(NamedTuple):
    """One packet from the loader; `body` is a report for REFUSED, else a number."""

    kind: bytes
    body: bytes

    @property
    def number(self) -> int:
        if len(self.body) != loader.NUMBER.size:
            return loader.UNKNOWN_STATUS
        return int.from_bytes(self.body, "big", signed=True)


class SupervisorPipes(NamedTuple):
    """The supervisor's ends of a batch process's pipes."""

    orders: int
    room: int
    notices: int


class LoaderProcess:
    """A living loader; `close_private` closes, in its fork, what only the supervisor may hold.

    `number` is its process id, `refused` its own report of why it cannot work, `company` its threads and children when
    it had loaded, `is_dismissed` whether another takes its place as soon as it is dead.
    """

    def __init__(
        self, memory: SharedMemory, pipeline: Pipeline, output: int, trace: int, close_private: Callable[[], Any]
    ) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.is_loaded = False
        self.is_dismissed = False
        self.company: tuple[int, bytes] = (0, b"")
        self.began = time.monotonic_ns()
        self.killed_for: Cause | None = None
        self.last_frames: list[UserFrame] = []
        self.refused: Report | None = None
        self.oom_watch = OomWatch()
        self.number = os.fork()
        if not self.number:
            try:
                ours.close()
                close_private()
                loader.run_loader(theirs, memory, pipeline, output, trace)
            finally:
                os._exit(_EXIT_ENGINE_FAILED)
        theirs.close()
        ours.setblocking(False)
        self._channel = ours

    def fileno(self) -> int:
        return self._channel.fileno()

    def messages(self) -> list[LoaderMessage]:
        """What the loader has said since the last call; an empty list also once it is dead."""
        found: list[LoaderMessage] = []
        # A thread of a script may send without end.
        while len(found) < _MESSAGES_AT_ONCE:
            try:
                packet = self._channel.recv(loader.PACKET_LIMIT)
            except OSError:
                return found
            if not packet:
                return found
            found.append(LoaderMessage(packet[:1], packet[1:]))
        return found

    def fork_batch_process(self) -> SupervisorPipes:
        """Ask for a batch process; raises OSError if the loader is dead."""
        orders_read, orders_write = os.pipe()
        room_read, room_write = os.pipe()
        notices_read, notices_write = os.pipe()
        theirs = Pipes(orders_read, room_read, notices_write)
        try:
            socket.send_fds(self._channel, [loader.FORK], list(theirs))
        except OSError:
            for descriptor in (orders_write, room_write, notices_read):
                os.close(descriptor)
            raise
        finally:
            for descriptor in theirs:
                os.close(descriptor)
        # The supervisor must never wait for a process that runs user code.
        for descriptor in (orders_write, room_write, notices_read):
            os.set_blocking(descriptor, False)
        return SupervisorPipes(orders_write, room_write, notices_read)

    def kill(self) -> None:
        """End the loader; its death is noticed like any other."""
        kill(self.number)

    def dismiss(self) -> None:
        """End a loader that is to do no more work."""
        self.is_dismissed = True
        self.kill()

    def close(self) -> None:
        """Let go of a loader that is dead."""
        self._channel.close()
