"""Reports of exceptions raised by scripts.

Nothing here may fail or grow without bound, whatever the exception does: its text, its type and its
traceback are the work of user code.
"""

from collections.abc import Iterable
from types import TracebackType

from pipeline_engine.protocol.pipeline import StageScript
from pipeline_engine.protocol.reports import MESSAGE_LIMIT, Report, cut, report
from pipeline_engine.scripts.exception_texts import message_of, traceback_of, type_name
from pipeline_engine.scripts.traceback_text import TracebackText
from pipeline_engine.scripts.user_frames import UserFrame

class SkipRecord(Exception):
    """Raised by a script to leave a record out; a builtin name in scripts. The argument is the reason."""


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
        frames = self._user_frames(traceback_of(exception))
        line = frames[-1].line if frames else None
        found = report(kind, message, script, line, TracebackText(self._user_frames).of(exception))
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
