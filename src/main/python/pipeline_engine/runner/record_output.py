"""Standard output and error of scripts: whole lines in the log, each with the index of its record."""

import contextlib
import io
import os
import posix
import select
from _thread import RLock
from collections.abc import Callable
from typing import Any

_PARTIAL_LIMIT = 8192
_PIECE = 65_536
_WRAPPED = b""


class RecordOutput(io.BufferedIOBase):
    """A binary stream to a file descriptor whose lines begin with the value of `prefix()` when they are written.

    Lines are written as soon as they end, so none is lost in a crash. At most `open_lines` unfinished lines, of
    different records, are buffered. `when_wrapped` is called when another stream may have been put in front of it.
    """

    def __init__(
        self, descriptor: int, prefix: Callable[[], bytes], open_lines: int, when_wrapped: Callable[[], None]
    ) -> None:
        super().__init__()
        self.name = "<stdout>" if descriptor == 1 else "<stderr>"
        self.mode = "wb"
        self._descriptor = descriptor
        self._log = _file_behind(descriptor)
        self._prefix = prefix
        self.open_lines = open_lines
        self._when_wrapped = when_wrapped
        self.unfinished: dict[bytes, bytes] = {}
        # Reentrant: a finalizer that prints may run during another print.
        # Not from `threading`, which makes every fork half as long again.
        self._lock = RLock()

    @property
    def raw(self) -> io.FileIO:
        return io.FileIO(self._descriptor, "w", closefd=False)

    def fileno(self) -> int:
        return self._descriptor

    def isatty(self) -> bool:
        return False

    def writable(self) -> bool:
        self._when_wrapped()
        return True

    def seekable(self) -> bool:
        self._when_wrapped()
        return False

    def close(self) -> None:
        """Does nothing: others write to it even after a script has closed its stream in front of it."""

    def detach(self) -> Any:
        raise io.UnsupportedOperation("detach")

    def write(self, data: Any) -> int:
        if isinstance(data, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        given = data if type(data) is bytes else memoryview(data).tobytes()
        if _file_behind(self._descriptor) != self._log:
            # The script has replaced the file behind the descriptor.
            self._emit(given)
            return len(given)
        prefix = self._prefix()
        with self._lock:
            for at in range(0, len(given), _PIECE):
                self._write_piece(prefix, given[at : at + _PIECE])
        return len(given)

    def _write_piece(self, prefix: bytes, data: bytes) -> None:
        before = self.unfinished.pop(prefix, None)
        if before == _WRAPPED:
            # The line was too long to buffer and has been written already.
            data = data.removeprefix(b"\n")
        whole, line_feed, rest = ((before or b"") + data).rpartition(b"\n")
        lines = [b"%b%b\n" % (prefix, line) for line in whole.split(b"\n")] if line_feed else []
        if len(rest) > _PARTIAL_LIMIT:
            lines.append(b"%b%b\n" % (prefix, rest))
            self.unfinished[prefix] = _WRAPPED
        elif rest:
            self.unfinished[prefix] = rest
        while len(self.unfinished) > self.open_lines:
            lines.insert(0, self._end_line(next(iter(self.unfinished))))
        if lines:
            self._emit(b"".join(lines))

    def _end_line(self, prefix: bytes) -> bytes:
        rest = self.unfinished.pop(prefix)
        return b"" if rest == _WRAPPED else b"%b%b\n" % (prefix, rest)

    def _emit(self, data: bytes) -> None:
        left = memoryview(data)
        while left:
            try:
                left = left[posix.write(self._descriptor, left) :]
            except BlockingIOError:
                # A script has made the descriptor non-blocking.
                select.select([], [self._descriptor], [])

    def finish(self) -> None:
        """Write unfinished lines, unless the script has closed the descriptor."""
        with self._lock:
            while self.unfinished:
                line = self._end_line(next(iter(self.unfinished)))
                with contextlib.suppress(OSError):
                    self._emit(line)

    def begin_fork(self) -> None:
        """In a fork: the unfinished lines belong to the parent."""
        self._lock = RLock()
        self.unfinished.clear()


class RecordText(io.TextIOWrapper):
    """`sys.stdout` and `sys.stderr` of scripts: the standard library's text stream without a buffer."""

    @property
    def mode(self) -> str:
        return "w"

    def __init__(self, output: RecordOutput) -> None:
        super().__init__(output, encoding="utf-8", errors="backslashreplace", newline="\n", write_through=True)

    def reconfigure(self, **settings: Any) -> None:
        """As usual, but the log stays UTF-8 and unbuffered."""
        settings.pop("encoding", None)
        settings["write_through"] = True
        super().reconfigure(**settings)


def _file_behind(descriptor: int) -> tuple[int, int]:
    found = os.fstat(descriptor)
    return found.st_dev, found.st_ino
