"""`sys.stdout` and `sys.stderr` of scripts: line by line into the log, each line with its record's index."""

import io
import os
from _thread import RLock
from collections.abc import Callable

_PARTIAL_LIMIT = 8192
_PIECE = 65_536
_WRAPPED = ""


class RecordOutput(io.TextIOBase):
    """A text stream to a file descriptor whose lines begin with what `prefix()` says at that moment.

    Lines are written whole, as soon as they end, so that the last words before a crash are not lost. At most
    `open_lines` unfinished lines, of different records, are kept back.
    """

    def __init__(self, descriptor: int, prefix: Callable[[], str], open_lines: int) -> None:
        super().__init__()
        self._descriptor = descriptor
        self._prefix = prefix
        self._open_lines = open_lines
        self._partial: dict[str, str] = {}
        # Reentrant: a finalizer that prints may run in the middle of another print.
        # Not from threading: a fork takes half as long again where that is imported, for its bookkeeping.
        self._lock = RLock()
        self.buffer = io.FileIO(descriptor, "w", closefd=False)

    encoding = "utf-8"
    errors = "backslashreplace"
    newlines = None

    def fileno(self) -> int:
        return self._descriptor

    def writable(self) -> bool:
        return True

    def reconfigure(self, **_settings: object) -> None:
        """Accepted for scripts that expect a TextIOWrapper; the stream is UTF-8 and by line whatever they ask."""

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        prefix = self._prefix()
        with self._lock:
            for at in range(0, len(text), _PIECE):
                self._write_piece(prefix, text[at : at + _PIECE])
        return len(text)

    def _write_piece(self, prefix: str, text: str) -> None:
        before = self._partial.pop(prefix, None)
        if before == _WRAPPED:
            # The line was too long to keep back and has been ended already.
            text = text.removeprefix("\n")
        whole, line_feed, rest = ((before or "") + text).rpartition("\n")
        lines = [f"{prefix}{line}\n" for line in whole.split("\n")] if line_feed else []
        if len(rest) > _PARTIAL_LIMIT:
            lines.append(f"{prefix}{rest}\n")
            self._partial[prefix] = _WRAPPED
        elif rest:
            self._partial[prefix] = rest
        while len(self._partial) > self._open_lines:
            lines.insert(0, self._end_line(next(iter(self._partial))))
        if lines:
            self._emit("".join(lines))

    def _end_line(self, prefix: str) -> str:
        rest = self._partial.pop(prefix)
        return "" if rest == _WRAPPED else f"{prefix}{rest}\n"

    def _emit(self, text: str) -> None:
        data = memoryview(text.encode("utf-8", "backslashreplace"))
        while data:
            data = data[os.write(self._descriptor, data) :]

    def finish(self) -> None:
        """Write the lines that were never ended."""
        while self._partial:
            self._emit(self._end_line(next(iter(self._partial))))
