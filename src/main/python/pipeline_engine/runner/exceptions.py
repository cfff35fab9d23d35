"""Reports of exceptions raised by scripts.

Nothing here may fail or grow without bound, whatever the exception does: its text, its type and its
traceback are the work of user code.
"""

from collections.abc import Iterable
from types import TracebackType

from pipeline_engine.pipeline import StageScript
from pipeline_engine.reports import MESSAGE_LIMIT, Report, cut, report
from pipeline_engine.tracebacks import UserFrame, format_frames

_CHAIN_LIMIT = 5
_MESSAGE_IN_TRACEBACK = MESSAGE_LIMIT // 4

_CAUSE = "\n\nThe above exception was the direct cause of the following exception:\n\n"
_CONTEXT = "\n\nDuring handling of the above exception, another exception occurred:\n\n"


class SkipRecord(Exception):
    """Raised by a script to leave a record out; a builtin name in scripts. The argument is the reason."""


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
        return str.__str__(str(exception))
    except BaseException as problem:
        return f"<no message: its __str__ raised {type_name(problem)}>"


def skip_reason(skip: SkipRecord) -> str:
    """The reason given to SkipRecord, cut to the length of a message."""
    return cut(message_of(skip), MESSAGE_LIMIT)


class ScriptErrors:
    """Makes reports of exceptions raised by the scripts of one pipeline."""

    def __init__(self, scripts: Iterable[StageScript]) -> None:
        self._scripts = {script.filename: script for script in scripts}

    def describe(self, exception: BaseException, script: StageScript) -> Report:
        """Report an exception that left the stage of `script`, with the frames of user scripts only."""
        return self.describe_as(type_name(exception), message_of(exception), exception, script)

    def describe_as(self, kind: str, message: str, exception: BaseException, script: StageScript) -> Report:
        """The same under another name: where the exception came from tells where the script was."""
        frames = self._user_frames(exception.__traceback__)
        line = frames[-1].line if frames else None
        found = report(kind, message, script, line, self._format(exception, _CHAIN_LIMIT))
        if frames:
            found["script"] = frames[-1].script.name
        return found

    def _user_frames(self, traceback: TracebackType | None) -> list[UserFrame]:
        frames = []
        while traceback is not None:
            code = traceback.tb_frame.f_code
            script = self._scripts.get(code.co_filename)
            if script is not None:
                frames.append(UserFrame(script, traceback.tb_lineno, code.co_name))
            traceback = traceback.tb_next
        return frames

    def _format(self, exception: BaseException, chain: int) -> str:
        message = cut(message_of(exception), _MESSAGE_IN_TRACEBACK)
        last = f"{type_name(exception)}: {message}" if message else type_name(exception)
        frames = format_frames(self._user_frames(exception.__traceback__))
        return f"{self._format_origin(exception, chain)}{frames}{last}"

    def _format_origin(self, exception: BaseException, chain: int) -> str:
        if chain <= 1:
            return ""
        if exception.__cause__ is not None:
            return self._format(exception.__cause__, chain - 1) + _CAUSE
        if exception.__context__ is not None and not exception.__suppress_context__:
            return self._format(exception.__context__, chain - 1) + _CONTEXT
        return ""
