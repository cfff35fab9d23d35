"""From what a script returned to the bytes that are stored: exact, or refused with the reason.

The thorough way, which the quick one (`quick_encoder`) takes for all that it does not know: it knows subclasses,
tuples and lone surrogates. What must never happen: a value that is silently turned into another, such as a
key 1 that becomes "1".
"""

import json
import re
from collections.abc import Callable, Iterable
from json import encoder as json_encoder
from typing import Any

from pipeline_engine.protocol.error_codes import ErrorCode
from pipeline_engine.values.refusals import (
    CONTAINERS,
    DEPTH_LIMIT,
    DIGIT_LIMIT,
    ValueRefused,
    is_a,
    refusal_of,
    type_name_of,
)

_CONTROL_ESCAPE = re.compile(r"\\(?:u00[01][0-9a-f]|.)")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")

# A row of more than DIGIT_LIMIT digits has at least so many in every 64th place, which is the quickest look for one.
_PLACES = 64
_ROW_IN_PLACES = re.compile(f"[0-9]{{{(DIGIT_LIMIT + 1) // _PLACES}}}")
_STRING = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"')
_LONG_INTEGER = re.compile(f"[0-9]{{{DIGIT_LIMIT + 1}}}")


def _refuse_unknown(value: Any) -> Any:
    raise TypeError(f"{type(value).__name__} is not a JSON type")


def _make_standard_encoder() -> Callable[[Any, int], Iterable[str]]:
    # Made once: json.dumps makes one for every call, which costs more than encoding a small record does.
    try:
        native: Any = json_encoder
        escape = native.encode_basestring
        return native.c_make_encoder(None, _refuse_unknown, escape, None, ":", ",", False, False, False)
    except (AttributeError, TypeError):
        # A Python whose encoder is made differently, or not in C.
        whole = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_refuse_unknown)
        return lambda value, _level: whole.encode(value)


standard_chunks = _make_standard_encoder()


def encode_thoroughly(value: Any) -> bytes:
    """JSON in UTF-8 of a dict; raises ValueRefused naming what is wrong and where."""
    if not is_a(value, dict):
        raise ValueRefused(ErrorCode.RESULT_NOT_JSON, f"transform must return a dict, not {type_name_of(value)}")
    try:
        text = "".join(standard_chunks(value, 0))
        # Only now: a value that could be written is a tree of a size that can be walked.
        if not has_sound_shape(value):
            raise refusal_of(value, None)
        if may_hold_long_integer(text) and _LONG_INTEGER.search(_STRING.sub("", text)):
            raise refusal_of(value, OverflowError())
    except ValueRefused:
        raise
    except Exception as problem:
        raise refusal_of(value, problem) from None
    if "\\u00" in text:
        text = upper_case_escapes(text)
    try:
        return text.encode()
    except UnicodeEncodeError:
        return _LONE_SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text).encode()


def has_sound_shape(root: Any) -> bool:
    """Whether all keys are text and no level is too deep; looks at one level of nesting after the other."""
    level = [root]
    for _ in range(DEPTH_LIMIT):
        below: list[Any] = []
        for value in level:
            if is_a(value, dict):
                "".join(value)
                value = value.values()
            below += [child for child in value if issubclass(type(child), CONTAINERS)]
        if not below:
            return True
        level = below
    return False


def may_hold_long_integer(text: str) -> bool:
    """Whether an integer may have too many digits to be read again: a script may have lifted the limit of Python."""
    return len(text) > DIGIT_LIMIT and _ROW_IN_PLACES.search(text[::_PLACES]) is not None


def upper_case_escapes(text: str) -> str:
    """Control characters as the quick encoder writes them: \\u001F, not \\u001f."""
    return _CONTROL_ESCAPE.sub(lambda found: "\\u" + found[0][2:].upper() if len(found[0]) > 2 else found[0], text)
