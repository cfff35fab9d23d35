import os
import socket
import time
from typing import NamedTuple

from pipeline_engine.channels.exit_codes import ExitCode
from pipeline_engine.channels.loader_messages import (
    FORK_REQUEST,
    PACKET_LIMIT,
    PIPELINE_HANDED_OVER,
    BatchProcessPipes,
    HandedOver,
    LoaderMessage,
    LoaderStart,
    PrimeStart,
)
from pipeline_engine.linux.oom_watch import OomWatch
from pipeline_engine.linux.processes import kill
from pipeline_engine.protocol.pipeline import Pipeline
from pipeline_engine.protocol.priming import Priming
from pipeline_engine.protocol.reports import ErrorReport
from pipeline_engine.scripts.user_frames import UserFrame
from pipeline_engine.supervisor.causes import Cause
from pipeline_engine.supervisor.context import Context

_PACKETS_AT_ONCE = 64


class SupervisorPipes(NamedTuple):
    """The supervisor's ends of a batch process's pipes."""

    orders: int
    room: int
    notices: int


class LoaderHandle:
    """A loader process from its fork to its death.

    `number` is its process id, `refused` its own report of why it cannot work, `threads_and_children` what it had when
    the scripts were loaded, `is_dismissed` whether it has been killed to be replaced, `was_primed` whether it has begun
    before there was a pipeline. `began` is in nanoseconds.
    """

    def __init__(self, context: Context, start: LoaderStart | PrimeStart) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.was_primed = isinstance(start, PrimeStart)
        self.is_loaded = False
        self.is_dismissed = False
        self.threads_and_children: tuple[int, bytes] = (0, b"")
        self.began = time.monotonic_ns()
        self.killed_for: Cause | None = None
        self.last_frames: list[UserFrame] = []
        self.refused: ErrorReport | None = None
        self.oom_watch = OomWatch()
        self.number = os.fork()
        if not self.number:
            try:
                ours.close()
                for close in context.close_in_forks:
                    close()
                context.run_loader(theirs, start)
            finally:
                os._exit(ExitCode.ENGINE_FAILED)
        theirs.close()
        ours.setblocking(False)
        self._channel = ours

    def fileno(self) -> int:
        return self._channel.fileno()

    def messages(self) -> list[LoaderMessage]:
        """The messages since the last call; none once the loader is dead."""
        found: list[LoaderMessage] = []
        # A thread of a script may write without end.
        for _ in range(_PACKETS_AT_ONCE):
            try:
                packet = self._channel.recv(PACKET_LIMIT)
            except OSError:
                return found
            if not packet:
                return found
            message = LoaderMessage.parse(packet)
            if message is not None:
                found.append(message)
        return found

    def hand_over(self, document: bytes, start: LoaderStart) -> bool:
        """Give the payload of PIPELINE to a loader that was primed; whether it lives."""
        descriptor = os.memfd_create("pipeline")
        try:
            with open(descriptor, "wb", closefd=False) as file:
                file.write(document)
            os.lseek(descriptor, 0, os.SEEK_SET)
            socket.send_fds(
                self._channel, [PIPELINE_HANDED_OVER], list(HandedOver(descriptor, start.output, start.trace))
            )
        except OSError:
            return False
        finally:
            os.close(descriptor)
        self.began = time.monotonic_ns()
        return True

    def fork_batch_process(self) -> SupervisorPipes:
        """Request a batch process; raises OSError if the loader is dead."""
        orders_read, orders_write = os.pipe()
        room_read, room_write = os.pipe()
        notices_read, notices_write = os.pipe()
        ours = SupervisorPipes(orders_write, room_write, notices_read)
        theirs = BatchProcessPipes(orders_read, room_read, notices_write)
        try:
            socket.send_fds(self._channel, [FORK_REQUEST], list(theirs))
        except OSError:
            for descriptor in ours:
                os.close(descriptor)
            raise
        finally:
            for descriptor in theirs:
                os.close(descriptor)
        # The supervisor never waits for a process that runs user code.
        for descriptor in ours:
            os.set_blocking(descriptor, False)
        return ours

    def kill(self) -> None:
        kill(self.number)

    def dismiss(self) -> None:
        """Kill a loader that must not be used any more."""
        self.is_dismissed = True
        self.kill()

    def close(self) -> None:
        self._channel.close()


class PrimedLoader:
    """A loader that imports modules of an environment before there is a pipeline."""

    def __init__(self, context: Context, priming: Priming) -> None:
        self.environment = priming.environment
        start = PrimeStart(context.memory, priming.environment.path, priming.modules)
        self._loader: LoaderHandle | None = LoaderHandle(context, start)
        self._document = b""

    def receive(self, pipeline: Pipeline, document: bytes) -> None:
        """The pipeline of the sandbox has come, as it was sent. Its variables must be there before any import."""
        self._document = document
        if pipeline.outbound is not None:
            self._drop()

    def take(self, start: LoaderStart) -> LoaderHandle | None:
        """The loader, which goes on with the pipeline; None if it has ended, and the second time."""
        loader, self._loader = self._loader, None
        if loader is None or loader.hand_over(self._document, start):
            return loader
        loader.kill()
        loader.close()
        return None

    def child_died(self, number: int) -> None:
        if self._loader is not None and self._loader.number == number:
            self._loader.close()
            self._loader = None

    def _drop(self) -> None:
        loader, self._loader = self._loader, None
        if loader is not None:
            loader.kill()
            loader.close()
