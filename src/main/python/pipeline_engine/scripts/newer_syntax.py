"""Explains syntax errors of scripts that are written for a newer Python than that of the sandbox."""

import re
import sys
from typing import NamedTuple

PYTHON_VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"


class _Syntax(NamedTuple):
    """Syntax of a newer Python, recognised by the line or by the message of an older Python."""

    since: tuple[int, int]
    name: str
    line: re.Pattern[str] | None = None
    message: re.Pattern[str] | None = None


_IN_BRACES = "quotes, backslashes, comments or line breaks within the braces of an f-string"

_KINDS = [
    _Syntax((3, 12), "type parameters", line=re.compile(r"\s*(async\s+def|def|class)\s+\w+\s*\[")),
    _Syntax((3, 12), "the type statement", line=re.compile(r"\s*type\s+\w+\s*[\[=]")),
    _Syntax((3, 12), _IN_BRACES, message=re.compile("f-string")),
    _Syntax(
        (3, 12), _IN_BRACES, line=re.compile(r""".*\bf?r?f("[^"]*\{[^"}]*("|$)|'[^']*\{[^'}]*('|$))""", re.IGNORECASE)
    ),
    _Syntax(
        (3, 14), "except without parentheses", message=re.compile("multiple exception types must be parenthesized")
    ),
    _Syntax((3, 14), "template strings", line=re.compile(r""".*\b(t|rt|tr)["']""", re.IGNORECASE)),
    _Syntax((3, 15), "lazy imports", line=re.compile(r"\s*lazy\s+(import|from)\b")),
    _Syntax(
        (3, 15), "unpacking in a comprehension", message=re.compile("unpacking cannot be used in (dict )?comprehension")
    ),
]


def with_python_version(problem: SyntaxError, source: str) -> str:
    """The message of a syntax error with the version of Python and, if recognised, the newer syntax."""
    lines = source.split("\n")
    number = problem.lineno or 0
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    for kind in _KINDS:
        found = (kind.line and kind.line.match(line)) or (kind.message and kind.message.search(problem.msg))
        if kind.since > sys.version_info[:2] and found:
            since = ".".join(map(str, kind.since))
            newer = f"this may be syntax of Python {since}: {kind.name}"
            return f"{problem.msg}. The sandbox has Python {PYTHON_VERSION}; {newer}"
    return f"{problem.msg} (the sandbox has Python {PYTHON_VERSION})"
