"""The pipe that is standard output and error of all processes that run scripts."""

import os
from selectors import EVENT_READ

from pipeline_engine.protocol.batch_log import BatchLog
from pipeline_engine.protocol.frames import FrameType
from pipeline_engine.supervisor.context import Context

_BYTES_PER_READ = 65_536
_READS_AT_END = 16


class LogPipe:
    """Reads what scripts write and sends it as the log of the batch, at most `limit` bytes.

    Output outside of a batch, as that of imports, becomes the beginning of the next one's log.
    """

    def __init__(self, limit: int, context: Context) -> None:
        self._limit = limit
        self._connection = context.connection
        self._read, self.write_end = os.pipe()
        os.set_blocking(self._read, False)
        context.selector.register(self._read, EVENT_READ, self.read)
        context.close_in_forks.append(lambda: os.close(self._read))
        self._buffer = bytearray(_BYTES_PER_READ)
        self._log = BatchLog(limit)
        self._early = b""
        self._in_batch = False

    def read(self) -> bool:
        """Read once without waiting; false if there was nothing."""
        try:
            size = os.readv(self._read, [self._buffer])
        except BlockingIOError:
            return False
        self._send(self._log.feed(memoryview(self._buffer)[:size]))
        return True

    def note(self, text: str) -> None:
        """Add a line of the engine."""
        self._send(self._log.feed(f"engine: {text}\n".encode()))

    def begin_batch(self) -> None:
        """Send the log from now on."""
        self._in_batch = True
        early, self._early = self._early, b""
        self._send(early)

    def end_batch(self) -> None:
        """Send the rest; threads of the loader may write without end, so no more than a pipe holds."""
        for _ in range(_READS_AT_END):
            if not self.read():
                break
        self._send(self._log.finish())
        self._log = BatchLog(self._limit)
        self._in_batch = False

    def _send(self, text: bytes) -> None:
        if not self._in_batch:
            self._early += text
        elif text:
            self._connection.send(FrameType.LOG, text)
