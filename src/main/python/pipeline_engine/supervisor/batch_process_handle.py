import os
import time

from pipeline_engine.channels.batch_orders import ROOM, InputReady, Job, Notice
from pipeline_engine.linux.oom_watch import OomWatch
from pipeline_engine.protocol.reports import ErrorReport
from pipeline_engine.scripts.user_frames import UserFrame
from pipeline_engine.supervisor.causes import Cause
from pipeline_engine.supervisor.loader_handle import SupervisorPipes

_NOTICES_PER_READ = 4096


class BatchProcessHandle:
    """A batch process from the request to fork it until its death is handled.

    `began` is when it was requested and `forked` when the loader has reported it, both in nanoseconds; `number` is its
    process id from then on; `ending_since` when it finished or was killed, in
    nanoseconds; `last_frames` where it was then, if known; `start_error` why it was never ready.
    """

    def __init__(self, pipes: SupervisorPipes) -> None:
        self._pipes = pipes
        self.began = time.monotonic_ns()
        self.forked: int | None = None
        self.number: int | None = None
        self.is_ready = False
        self.has_finished = False
        self.setup_failed = False
        self.killed_for: Cause | None = None
        self.ending_since: int | None = None
        self.last_frames: list[UserFrame] = []
        self.start_error: ErrorReport | None = None
        self.oom_watch = OomWatch()

    def fileno(self) -> int:
        return self._pipes.notices

    def order(self, order: Job | InputReady) -> None:
        """Send an order. It is dropped if the pipe is full: the process has stopped reading and will be killed."""
        self._write(self._pipes.orders, order.pack())

    def give_room(self) -> None:
        self._write(self._pipes.room, ROOM)

    def _write(self, descriptor: int, data: bytes) -> None:
        try:
            os.write(descriptor, data)
        except (BlockingIOError, BrokenPipeError):
            return

    def notices(self) -> bytes | None:
        """The notices since the last call, in order; None once the pipe is closed."""
        try:
            return os.read(self._pipes.notices, _NOTICES_PER_READ) or None
        except BlockingIOError:
            return b""

    def note(self, notices: bytes) -> None:
        """Update the state from notices; SETUP_FAILED after SETUP_DONE does not count."""
        before = notices.partition(Notice.SETUP_DONE)[0]
        if not self.is_ready and Notice.SETUP_FAILED in before:
            self.setup_failed = True
        if Notice.SETUP_DONE in notices:
            self.is_ready = True
        if Notice.JOB_DONE in notices:
            self.has_finished = True
            self.expect_end()

    def kill_for(self, cause: Cause) -> None:
        self.killed_for = cause
        self.expect_end()

    def expect_end(self) -> None:
        """The loader should report the death soon; note since when."""
        self.ending_since = self.ending_since or time.monotonic_ns()

    def close(self) -> None:
        for descriptor in self._pipes:
            os.close(descriptor)
