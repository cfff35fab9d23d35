"""The lines at which a process was when it died or before it is killed, from Python's fault handler.

The fault handler writes from a signal handler, so it works even while the interpreter hangs in C code. User code can
write to the same pipe, so nothing but known scripts and valid line numbers is taken from it.
"""

import os
import re
import select
import time

from pipeline_engine.channels.loader_messages import TRACE_SIGNAL
from pipeline_engine.protocol.pipeline import Pipeline
from pipeline_engine.scripts.user_frames import UserFrame

_SECONDS_TO_ANSWER = 0.1
_SILENCE = 0.005
_BYTES_KEPT = 262_144
_BYTES_PER_READ = 65_536
_FRAME = re.compile(r'^  File "(.*)", line ([0-9]{1,9}) in (.*)$')
_NAME_LIMIT = 500
_CONTROL_ESCAPES = {code: f"\\x{code:02x}" for code in (*range(0x20), 0x7F)}


class DeathTrace:
    def __init__(self, pipeline: Pipeline) -> None:
        self._scripts = {_as_written(script.filename): script for script in pipeline.stages}
        self._read, self.write_end = os.pipe()
        os.set_blocking(self._read, False)

    def ask(self, process: int) -> list[UserFrame]:
        """The frames of user scripts in the main thread of a process, outermost first; waits at most 0.1 s."""
        self.take()
        try:
            os.kill(process, TRACE_SIGNAL)
        except ProcessLookupError:
            return []
        text = b""
        give_up = time.monotonic() + _SECONDS_TO_ANSWER
        # The handler writes many small pieces; a short silence is the end.
        while len(text) < _BYTES_KEPT:
            left = give_up - time.monotonic()
            patience = max(0.0, min(left, _SILENCE) if text else left)
            readable, _, _ = select.select([self._read], [], [], patience)
            if not readable:
                break
            text += self._read_piece()
        return self._frames(text)

    def take(self) -> list[UserFrame]:
        """The frames of user scripts written since the last call, outermost first."""
        text = b""
        while len(text) < _BYTES_KEPT and (piece := self._read_piece()):
            text += piece
        return self._frames(text)

    def _read_piece(self) -> bytes:
        try:
            return os.read(self._read, _BYTES_PER_READ)
        except BlockingIOError:
            return b""

    def _frames(self, text: bytes) -> list[UserFrame]:
        _, heading, thread = text.decode("utf-8", "replace").partition("(most recent call first):\n")
        found: list[UserFrame] = []
        for line in thread.splitlines() if heading else []:
            frame = _FRAME.match(line)
            if frame is None:
                break
            script = self._scripts.get(frame[1])
            if script is not None and int(frame[2]) <= len(script.source) + 1:
                found.append(UserFrame(script, int(frame[2]), frame[3][:_NAME_LIMIT]))
        return found[::-1]

    def close_read_end(self) -> None:
        os.close(self._read)


def _as_written(name: str) -> str:
    """A file name as the fault handler writes it: printable ASCII with escapes, at most 500 characters."""
    escaped = name[:_NAME_LIMIT].translate(_CONTROL_ESCAPES).encode("ascii", "backslashreplace").decode()
    return f"{escaped}..." if len(name) > _NAME_LIMIT else escaped
