"""Error reports: what happened to a record or a script, in words that its author can act on.

Nothing here may fail or grow without bound, whatever the exception does: its text, its type and its
traceback are the work of user code.
"""

import json
import linecache
from types import TracebackType
from typing import Any

from pipeline_engine.pipeline import StageScript

MESSAGE_LIMIT = 8192
TRACEBACK_LIMIT = 16_384
_FRAMES_SHOWN_PER_END = 10
_CHAIN_LIMIT = 5


class SkipRecord(Exception):
    """Raised by a script to leave a record out; a builtin name in scripts. The argument is the reason."""


def cut(text: str, limit: int) -> str:
    """The text, or its beginning with a note, in at most `limit` bytes of UTF-8."""
    if len(text) * 4 <= limit or len(text.encode("utf-8", "surrogatepass")) <= limit:
        return text
    note = f"... ({len(text):,} characters)"
    kept = text[:limit].encode("utf-8", "surrogatepass")[: limit - len(note)]
    return kept.decode("utf-8", "ignore") + note


def to_json(document: Any) -> bytes:
    """JSON in UTF-8; texts with lone surrogates are written with escapes."""
    try:
        return json.dumps(document, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(document).encode()


def report(
    kind: str,
    message: str,
    script: StageScript | None = None,
    line: int | None = None,
    traceback: str | None = None,
) -> dict[str, Any]:
    """An error as the protocol describes it."""
    return {
        "step": script.step if script else None,
        "stage": script.stage if script else None,
        "type": cut(kind, 200),
        "message": cut(message, MESSAGE_LIMIT),
        "traceback": cut(traceback, TRACEBACK_LIMIT) if traceback else None,
        "script": script.name if script else None,
        "line": line,
    }


def type_name(exception: BaseException) -> str:
    """The name of its class, whatever the class does to hide it."""
    try:
        name = type(exception).__name__
    except Exception:
        name = None
    return name if type(name) is str else "Exception"


def message_of(exception: BaseException) -> str:
    """The text of an exception, also of one whose `__str__` fails."""
    try:
        return str(exception) + ""
    except BaseException as problem:
        return f"<no message: its __str__ raised {type_name(problem)}>"


def skip_reason(skip: SkipRecord) -> str:
    """The reason given to SkipRecord, cut to the length of a message."""
    return cut(message_of(skip), MESSAGE_LIMIT)


class ScriptErrors:
    """Makes reports of exceptions raised by the scripts of one pipeline."""

    def __init__(self, scripts: tuple[StageScript, ...]) -> None:
        self._names = {script.filename: script.name for script in scripts}

    def describe(self, exception: BaseException, script: StageScript) -> dict[str, Any]:
        """Report an exception that left `script`, with the frames of user scripts only."""
        frames = self._user_frames(exception.__traceback__)
        line = frames[-1][1] if frames else getattr(exception, "lineno", None)
        traceback = self._format(exception, _CHAIN_LIMIT)
        named = report(type_name(exception), message_of(exception), script, line if type(line) is int else None, traceback)
        if frames:
            named["script"] = self._names[frames[-1][0]]
        return named

    def _user_frames(self, traceback: TracebackType | None) -> list[tuple[str, int, str]]:
        frames = []
        while traceback is not None:
            code = traceback.tb_frame.f_code
            if code.co_filename in self._names:
                frames.append((code.co_filename, traceback.tb_lineno, code.co_name))
            traceback = traceback.tb_next
        return frames

    def _format(self, exception: BaseException, chain: int) -> str:
        text = ""
        cause = exception.__cause__
        context = exception.__context__
        if chain > 1 and isinstance(cause, BaseException):
            text = f"{self._format(cause, chain - 1)}\n\nThe above exception was the direct cause of the following exception:\n\n"
        elif chain > 1 and isinstance(context, BaseException) and not exception.__suppress_context__:
            text = f"{self._format(context, chain - 1)}\n\nDuring handling of the above exception, another exception occurred:\n\n"
        frames = self._user_frames(exception.__traceback__)
        left_out = len(frames) - 2 * _FRAMES_SHOWN_PER_END
        lines = [self._format_frame(frame) for frame in frames]
        if left_out > 0:
            lines[_FRAMES_SHOWN_PER_END:-_FRAMES_SHOWN_PER_END] = [f"  ... {left_out} frames left out ...\n"]
        message = cut(message_of(exception), MESSAGE_LIMIT // 4)
        last = f"{type_name(exception)}: {message}" if message else type_name(exception)
        return f"{text}Traceback (most recent call last):\n{''.join(lines)}{last}"

    def _format_frame(self, frame: tuple[str, int, str]) -> str:
        filename, line, function = frame
        source = linecache.getline(filename, line).strip()
        shown = f"    {source[:400]}\n" if source else ""
        return f'  File "{self._names[filename]}", line {line}, in {function}\n{shown}'
