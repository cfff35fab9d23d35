"""Why pip has failed, from what it printed. Holds for pip 22 to 26."""

import re
from enum import StrEnum
from typing import NamedTuple

from pipeline_engine.protocol.documents import cut

_MESSAGE_LIMIT = 8192
_ERROR_LINES = 5

_CONFLICT = re.compile(r"^The conflict is caused by:\n((?:[ \t]+\S.*\n?)+)", re.MULTILINE)
_NO_VERSION = re.compile(
    r"Could not find a version that satisfies the requirement (\S.*?) \(from versions: (.*?)\)$", re.MULTILINE
)
_OTHER_PYTHON = re.compile(
    r"Ignored the following versions that require a different python version: (.*)$", re.MULTILINE
)
_PYTHON = re.compile(r"(Package '?\S+'? requires a different Python: .*)$", re.MULTILINE)
_URL = re.compile(r"^\s*Collecting (\S+?)(?:\[[^]]*\])? ?@ ?(\S+)", re.MULTILINE)
_FILE = re.compile(r"^\s*Processing (\S+)", re.MULTILINE)
_NO_SPACE = "No space left on device"
_TOO_DEEP = re.compile(r"ResolutionTooDeep|resolution-too-deep", re.IGNORECASE)
_ERROR = re.compile(r"^(?:ERROR: |error: )(.+)$", re.MULTILINE)


class FailureKind(StrEnum):
    """The values of `kind` in a failure of RESOLVED; see `docs/engine-protocol.md`."""

    CONFLICT = "CONFLICT"
    NO_VERSION = "NO_VERSION"
    PYTHON = "PYTHON"
    BY_URL = "BY_URL"
    NO_SPACE = "NO_SPACE"
    TOO_COMPLEX = "TOO_COMPLEX"
    TIMEOUT = "TIMEOUT"
    OUT_OF_MEMORY = "OUT_OF_MEMORY"
    NO_INSTALLER = "NO_INSTALLER"
    OTHER = "OTHER"


class Failure(NamedTuple):
    """`message` is text of pip or about it; `requirement` the one that it is about, empty if there is none."""

    kind: FailureKind
    message: str
    requirement: str = ""

    def document(self) -> dict[str, str]:
        return {
            "kind": self.kind,
            "message": cut(self.message, _MESSAGE_LIMIT),
            "requirement": cut(self.requirement, _MESSAGE_LIMIT),
        }


def explain(output: str) -> Failure:
    """The failure that the end of pip's output tells of."""
    if _NO_SPACE in output:
        return Failure(FailureKind.NO_SPACE, "the builder has too little space for the wheels")
    if _TOO_DEEP.search(output):
        return Failure(FailureKind.TOO_COMPLEX, "pip gave up to find versions that fit together")
    conflict = _CONFLICT.search(output)
    if conflict is not None:
        return Failure(FailureKind.CONFLICT, "\n".join(line.strip() for line in conflict[1].splitlines()))
    return _of_one_package(output) or Failure(FailureKind.OTHER, _last_errors(output))


def _of_one_package(output: str) -> Failure | None:
    python = _PYTHON.search(output)
    if python is not None:
        return Failure(FailureKind.PYTHON, python[1])
    missing = _NO_VERSION.search(output)
    if missing is not None:
        other = _OTHER_PYTHON.search(output)
        if other is not None and missing[2] == "none":
            return Failure(FailureKind.PYTHON, other[1], missing[1])
        return Failure(FailureKind.NO_VERSION, missing[2], missing[1])
    by_url = list(_URL.finditer(output))
    if by_url:
        return Failure(FailureKind.BY_URL, by_url[-1][2], by_url[-1][1])
    file = _FILE.search(output)
    return Failure(FailureKind.BY_URL, f"file://{file[1]}", "another one") if file is not None else None


def _last_errors(output: str) -> str:
    found = [match[1] for match in _ERROR.finditer(output)]
    if found:
        return "\n".join(found[-_ERROR_LINES:])
    return "\n".join(output.splitlines()[-_ERROR_LINES:])
