"""Encodes what the fast encoders refuse as JSON, exactly, or refuses it with the reason."""

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

# A run of more than DIGIT_LIMIT digits has at least this many at every 64th place, which is the fastest search for one.
_PLACES = 64
_ROW_IN_PLACES = re.compile(f"[0-9]{{{(DIGIT_LIMIT + 1) // _PLACES}}}")
_STRING = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"')
_LONG_INTEGER = re.compile(f"[0-9]{{{DIGIT_LIMIT + 1}}}")


def _refuse_unknown(value: Any) -> Any:
    raise TypeError(f"{type_name_of(value)} is not a JSON type")


def _make_standard_encoder() -> Callable[[Any, int], Iterable[str]]:
    # Made once: json.dumps makes an encoder for every call, which takes longer than encoding a small record.
    try:
        native: Any = json_encoder
        escape = native.encode_basestring
        return native.c_make_encoder(None, _refuse_unknown, escape, None, ":", ",", False, False, False)
    except (AttributeError, TypeError):
        # Another version of Python, or one without the C encoder.
        whole = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_refuse_unknown)
        return lambda value, _level: whole.encode(value)


standard_chunks = _make_standard_encoder()


def encode_thoroughly(value: Any) -> bytes:
    """JSON in UTF-8 of a dict; raises ValueRefused with what is wrong and where."""
    if not is_a(value, dict):
        raise ValueRefused(ErrorCode.RESULT_NOT_JSON, f"transform must return a dict, not {type_name_of(value)}")
    try:
        text = "".join(standard_chunks(value, 0))
        # Only now: a value that has been written is a finite tree.
        if not has_valid_shape(value):
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


def has_valid_shape(root: Any) -> bool:
    """Whether no level is too deep; raises TypeError if a key is not text."""
    level = [root]
    for _ in range(DEPTH_LIMIT):
        below: list[Any] = []
        for value in level:
            if is_a(value, dict):
                # Raises TypeError if a key is not text.
                "".join(value)
                value = value.values()
            below += [child for child in value if issubclass(type(child), CONTAINERS)]
        if not below:
            return True
        level = below
    return False


def may_hold_long_integer(text: str) -> bool:
    """Whether an integer may have too many digits for Python to read; a script can have lifted its limit."""
    return len(text) > DIGIT_LIMIT and _ROW_IN_PLACES.search(text[::_PLACES]) is not None


def upper_case_escapes(text: str) -> str:
    """Control characters as rapidjson writes them: \\u001F, not \\u001f."""
    return _CONTROL_ESCAPE.sub(lambda found: "\\u" + found[0][2:].upper() if len(found[0]) > 2 else found[0], text)
