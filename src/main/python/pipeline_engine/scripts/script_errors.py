"""Reports of exceptions raised by scripts. User code makes their texts and types, so nothing trusts them."""

import sys
from collections.abc import Iterable
from dataclasses import replace
from types import ModuleType, TracebackType

from pipeline_engine.protocol.documents import cut
from pipeline_engine.protocol.error_codes import ErrorCode
from pipeline_engine.protocol.pipeline import StageScript
from pipeline_engine.protocol.reports import MESSAGE_LIMIT, ErrorReport
from pipeline_engine.scripts.exception_texts import message_of, traceback_of, type_name
from pipeline_engine.scripts.newer_syntax import PYTHON_VERSION
from pipeline_engine.scripts.package_names import package_of
from pipeline_engine.scripts.traceback_text import TracebackText
from pipeline_engine.scripts.user_frames import UserFrame


class SkipRecord(Exception):
    """Raised by a script to skip a record; a builtin name in scripts. The argument is the reason."""


def skip_reason(skip: SkipRecord) -> str:
    """The reason given to SkipRecord, cut to the length of a message."""
    return cut(message_of(skip), MESSAGE_LIMIT)


class ScriptErrors:
    def __init__(self, scripts: Iterable[StageScript]) -> None:
        self._scripts = {script.filename: script for script in scripts}

    def describe(self, exception: BaseException, script: StageScript) -> ErrorReport:
        """Report an exception that left the stage of `script`, with the frames of user scripts only."""
        return self.describe_as(type_name(exception), message_of(exception), exception, script)

    def describe_as(self, kind: str, message: str, exception: BaseException, script: StageScript) -> ErrorReport:
        """As `describe`, under another type and message."""
        frames = self._user_frames(traceback_of(exception))
        line = frames[-1].line if frames else None
        traceback = TracebackText(self._user_frames).of(exception)
        found = ErrorReport.at(script, kind, message, line, traceback)
        return replace(found, script=frames[-1].script.name) if frames else found

    def describe_load_failure(self, exception: BaseException, script: StageScript) -> ErrorReport:
        """Report an exception that left the import or the setup of `script`."""
        found = self.describe(exception, script)
        message = f"{found.type}: {found.message}" if found.message else found.type
        if _misses_a_part_of_python(exception):
            message = f"{message}. The sandbox has Python {PYTHON_VERSION}"
        elif type(exception) is ModuleNotFoundError:
            message += _hint_at_package(exception.name, script.source)
        return replace(found, type=ErrorCode.SCRIPT_LOAD, message=message)

    def _user_frames(self, traceback: TracebackType | None) -> list[UserFrame]:
        frames = []
        while traceback is not None:
            code = traceback.tb_frame.f_code
            script = self._scripts.get(code.co_filename)
            if script is not None:
                frames.append(UserFrame(script, traceback.tb_lineno, code.co_name))
            traceback = traceback.tb_next
        return frames


def _hint_at_package(module: str | None, source: str) -> str:
    try:
        package = package_of(module, source) if type(module) is str else None
    except Exception:
        # The script has changed what this needs; its error must still be told.
        package = None
    return f". Add `{package}` to the packages of the pipeline" if package else ""


def _misses_a_part_of_python(exception: BaseException) -> bool:
    """Whether a name is missing in a module of the standard library, which another version may have."""
    if type(exception) is ImportError:
        module = exception.name
    elif type(exception) is AttributeError and type(exception.obj) is ModuleType:
        module = exception.obj.__dict__.get("__name__")
    else:
        return False
    return type(module) is str and module.partition(".")[0] in sys.stdlib_module_names
