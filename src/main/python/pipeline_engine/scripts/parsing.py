"""Compiles scripts; every failure is a SyntaxError that names the version of Python."""

import re
from types import CodeType

from pipeline_engine.scripts.newer_syntax import with_python_version

BYTE_ORDER_MARK = "\ufeff"
_CODING_LINE = re.compile(r"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_UTF8_NAMES = ("utf-8", "utf8", "utf-8-sig")


def compile_script(source: str, filename: str) -> CodeType:
    source = source.removeprefix(BYTE_ORDER_MARK)
    _refuse_other_encodings(source)
    try:
        code: CodeType = compile(source, filename, "exec", dont_inherit=True)
    except SyntaxError as problem:
        problem.msg = with_python_version(problem, source)
        raise
    except (ValueError, RecursionError, MemoryError, OverflowError) as problem:
        raise SyntaxError(str(problem) or "the script is too large or nested too deep") from None
    return code


def _refuse_other_encodings(source: str) -> None:
    """Scripts are UTF-8; refuse a PEP 263 line with another encoding, which compile() would ignore."""
    for number, line in enumerate(source.split("\n", 2)[:2], 1):
        found = _CODING_LINE.match(line)
        if found and found[1].lower().replace("_", "-") not in _UTF8_NAMES:
            raise SyntaxError(f"the script must be UTF-8, not {found[1]}", ("", number, found.start(1) + 1, line))
        if line.strip() and not line.lstrip().startswith("#"):
            return
