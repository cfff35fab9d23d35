"""Tracebacks that show only the frames of user scripts, laid out as Python does it."""

from collections.abc import Sequence
from typing import NamedTuple

from pipeline_engine.protocol.pipeline import StageScript

_FRAMES_SHOWN_PER_END = 10
_SOURCE_LIMIT = 400


class UserFrame(NamedTuple):
    """A line of a user script that was running."""

    script: StageScript
    line: int
    function: str

    def __str__(self) -> str:
        shown = f'  File "{self.script.name}", line {self.line}, in {self.function}\n'
        lines = self.script.source.split("\n")
        source = lines[self.line - 1].strip() if 0 < self.line <= len(lines) else ""
        return f"{shown}    {source[:_SOURCE_LIMIT]}\n" if source else shown


def format_frames(frames: Sequence[UserFrame]) -> str:
    """The frames, outermost first, under Python's usual heading."""
    left_out = len(frames) - 2 * _FRAMES_SHOWN_PER_END
    if left_out <= 0:
        shown = [str(frame) for frame in frames]
    else:
        shown = [str(frame) for frame in frames[:_FRAMES_SHOWN_PER_END]]
        shown.append(f"  ... {left_out} frames left out ...\n")
        shown += [str(frame) for frame in frames[-_FRAMES_SHOWN_PER_END:]]
    return f"Traceback (most recent call last):\n{''.join(shown)}"
