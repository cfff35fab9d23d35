"""The supervisor's view of one batch process."""

import os
import time
from typing import Any

from pipeline_engine import orders
from pipeline_engine.causes import Cause
from pipeline_engine.loader_process import SupervisorPipes
from pipeline_engine.processes import kill, oom_kills

_NOTICES_PER_READ = 4096


class RunningProcess:
    """A batch process from the request to fork it until it is buried."""

    def __init__(self, pipes: SupervisorPipes) -> None:
        self.pipes = pipes
        self.began = time.monotonic_ns()
        self.process: int | None = None
        self.is_ready = False
        self.has_finished = False
        self.setup_failed = False
        self.killed_for: Cause | None = None
        self.start_error: dict[str, Any] | None = None
        self._oom_kills_before = oom_kills()

    def fileno(self) -> int:
        return self.pipes.notices

    def order(self, packet: bytes) -> None:
        """Send an order. One that cannot be taken is lost: the process has stopped reading and will be killed."""
        self._write(self.pipes.orders, packet)

    def give_room(self) -> None:
        """Let the process write results from the start of the area again."""
        self._write(self.pipes.room, b".")

    def _write(self, descriptor: int, data: bytes) -> None:
        try:
            os.write(descriptor, data)
        except (BlockingIOError, BrokenPipeError):
            return

    def notices(self) -> bytes | None:
        """What the process has said since the last call, in order; None once nobody can say any more."""
        try:
            return os.read(self.pipes.notices, _NOTICES_PER_READ) or None
        except BlockingIOError:
            return b""

    def note(self, notice: bytes) -> None:
        """Remember what a notice says about the process itself."""
        if notice == orders.READY:
            self.is_ready = True
        elif notice == orders.FINISHED:
            self.has_finished = True
        elif notice == orders.SETUP_FAILED and not self.is_ready:
            self.setup_failed = True

    def kill(self, cause: Cause) -> bool:
        """End the process for that reason; false if its process id is not known yet."""
        if self.process is None:
            return False
        self.killed_for = self.killed_for or cause
        kill(self.process)
        return True

    def was_short_of_memory(self) -> bool:
        """Whether the kernel has killed anything of this sandbox for want of memory since the process began."""
        now = oom_kills()
        return now is not None and self._oom_kills_before is not None and now > self._oom_kills_before

    def close(self) -> None:
        for descriptor in self.pipes:
            os.close(descriptor)
