"""What the engine tells the service about errors and about checked scripts. Every text is bounded."""

import json
from dataclasses import dataclass
from typing import Any, Self

from pipeline_engine.protocol.documents import cut, to_json
from pipeline_engine.protocol.error_codes import ErrorCode
from pipeline_engine.protocol.pipeline import StageScript

MESSAGE_LIMIT = 8192
TRACEBACK_LIMIT = 16_384
TYPE_LIMIT = 200
LINE_LIMIT = 1_000_000_000
_PROBLEM_MESSAGE_LIMIT = 2000


@dataclass(frozen=True, slots=True)
class ErrorReport:
    """An error and its place; `type` is an ErrorCode or the name of an exception, `line` counts from 1."""

    step: str | None
    stage: str | None
    type: str
    message: str
    traceback: str | None
    script: str | None
    line: int | None

    @classmethod
    def at(
        cls,
        script: StageScript | None,
        kind: str,
        message: str,
        line: int | None = None,
        traceback: str | None = None,
    ) -> Self:
        return cls(
            step=script.step if script else None,
            stage=script.stage if script else None,
            type=cut(kind, TYPE_LIMIT),
            message=cut(message, MESSAGE_LIMIT),
            traceback=cut(traceback, TRACEBACK_LIMIT) if traceback else None,
            script=script.name if script else None,
            line=line,
        )

    @classmethod
    def from_json(cls, body: bytes) -> Self | None:
        """A report written by a process that runs user code; None if it does not look like one."""
        try:
            found = json.loads(body)
        except (ValueError, RecursionError):
            return None
        if not isinstance(found, dict) or set(found) != set(cls.__slots__):
            return None
        if not _has_right_types(found):
            return None
        limits = {"type": TYPE_LIMIT, "traceback": TRACEBACK_LIMIT}
        for name, value in found.items():
            if isinstance(value, str):
                found[name] = cut(value, limits.get(name, MESSAGE_LIMIT))
        if found["line"] is not None and not 0 < found["line"] <= LINE_LIMIT:
            found["line"] = None
        return cls(**found)

    def to_json(self) -> bytes:
        return to_json({name: getattr(self, name) for name in self.__slots__})


def _has_right_types(found: dict[str, Any]) -> bool:
    texts = all(isinstance(found[name], str) for name in ("type", "message"))
    optional_texts = all(isinstance(found[name], str | None) for name in ("traceback", "step", "stage", "script"))
    line = found["line"]
    return texts and optional_texts and isinstance(line, int | None) and not isinstance(line, bool)


@dataclass(frozen=True, slots=True)
class ScriptProblem:
    """What is wrong with the text of a script; line and column count from 1."""

    line: int | None
    column: int | None
    severity: str
    message: str
    code: ErrorCode

    @classmethod
    def error(cls, code: ErrorCode, message: str, line: int | None = None, column: int | None = None) -> Self:
        """The script cannot be used."""
        return cls(line, column, "error", cut(message, _PROBLEM_MESSAGE_LIMIT), code)

    @classmethod
    def warning(cls, code: ErrorCode, message: str, line: int, column: int) -> Self:
        """The script can be used, but hardly as its author wants."""
        return cls(line, column, "warning", cut(message, _PROBLEM_MESSAGE_LIMIT), code)

    def document(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}
