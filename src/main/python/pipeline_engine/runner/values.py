"""From what a script returned to the bytes that are stored: exact, or refused with the reason.

Two encoders give the same bytes. The quick one is rapidjson where it is installed: set to take nothing but
exact JSON types it is half the work of the standard library, and whatever it refuses goes to the thorough one,
which knows subclasses, tuples and lone surrogates and says what is wrong with the rest. (ujson is no faster
here than the standard library's prepared encoder, and writes Decimals and sets of its own accord.)

What must never happen: a value that is silently turned into another, such as a key 1 that becomes "1".
"""

import json
import platform
import re
from collections.abc import Callable, Iterable
from json import encoder as json_encoder
from typing import Any

from pipeline_engine.codes import RESULT_NOT_JSON, RESULT_TOO_LARGE
from pipeline_engine.reports import cut

try:
    import rapidjson  # type: ignore[import]
except ImportError:
    rapidjson = None

DEPTH_LIMIT = 500

_CONTROL_ESCAPE = re.compile(r"\\(?:u00[01][0-9a-f]|.)")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTAINERS = (dict, list, tuple)
_TOO_LONG_INTEGER = 10**4300
_PATH_LIMIT = 200
_WORTH_COUNTING = 2 * DEPTH_LIMIT
_float_subclasses = float.__subclasses__


class ValueRefused(Exception):
    """What a stage returned cannot be stored; `code` is one of the engine's error types."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def too_large(size: int, limit: int) -> ValueRefused:
    return ValueRefused(RESULT_TOO_LARGE, f"the value has {size:,} bytes; the limit is {limit:,}")


def _refuse_unknown(value: Any) -> Any:
    raise TypeError(f"{type(value).__name__} is not a JSON type")


def _make_standard_encoder() -> Callable[[Any, int], Iterable[str]]:
    if getattr(json_encoder, "c_make_encoder", None) is None:
        whole = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_refuse_unknown)
        return lambda value, _level: whole.encode(value)
    # Made once: json.dumps makes one for every call, which costs more than encoding a small record does.
    escape = json_encoder.encode_basestring  # type: ignore[attr-defined]
    make = json_encoder.c_make_encoder  # type: ignore[attr-defined]
    encoder: Callable[[Any, int], Iterable[str]] = make(None, _refuse_unknown, escape, None, ":", ",", False, False, False)
    return encoder


_standard_chunks = _make_standard_encoder()


def encode_thoroughly(value: Any) -> bytes:
    """JSON in UTF-8 of a dict; raises ValueRefused naming what is wrong and where."""
    if not _is_a(value, dict):
        raise ValueRefused(RESULT_NOT_JSON, f"transform must return a dict, not {_type_name(value)}")
    try:
        text = "".join(_standard_chunks(value, 0))
        # Only now: a value that could be written is a tree of a size that can be walked.
        if not _has_sound_shape(value):
            raise _refusal(value, None)
    except ValueRefused:
        raise
    except Exception as problem:
        raise _refusal(value, problem) from None
    if "\\u00" in text:
        text = _upper_case_escapes(text)
    try:
        return text.encode()
    except UnicodeEncodeError:
        return _LONE_SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text).encode()


def _is_a(value: Any, kinds: type | tuple[type, ...]) -> bool:
    """isinstance() for values that may lie about their class."""
    return issubclass(type(value), kinds)


def _refusal(value: Any, problem: Exception | None) -> ValueRefused:
    """Why the value cannot be written: its first offending part, or else what went wrong with it."""
    try:
        _explain(value)
    except ValueRefused as refused:
        return refused
    except Exception as another:
        problem = problem or another
    return ValueRefused(RESULT_NOT_JSON, f"the value cannot be written as JSON: {_type_name(problem)}")


def _has_sound_shape(root: Any) -> bool:
    """Whether all keys are text and no level is too deep; looks at one level of nesting after the other."""
    level = [root]
    for _ in range(DEPTH_LIMIT):
        below: list[Any] = []
        for value in level:
            if _is_a(value, dict):
                "".join(value)
                value = value.values()
            below += [child for child in value if issubclass(type(child), _CONTAINERS)]
        if not below:
            return True
        level = below
    return False


def _upper_case_escapes(text: str) -> str:
    """Control characters as the quick encoder writes them: \\u001F, not \\u001f."""
    return _CONTROL_ESCAPE.sub(lambda found: "\\u" + found[0][2:].upper() if len(found[0]) > 2 else found[0], text)


def _type_name(value: Any) -> str:
    name = getattr(type(value), "__name__", None)
    return name if isinstance(name, str) else "an unnamed type"


def _explain(root: Any) -> None:
    """Walk the value without recursion; raises ValueRefused with the path of the first offender found."""
    stack: list[tuple[Any, str, tuple[int, ...]]] = [(root, "$", ())]
    while stack:
        value, path, above = stack.pop()
        if id(value) in above:
            raise ValueRefused(RESULT_NOT_JSON, f"{path} contains itself")
        if len(above) >= DEPTH_LIMIT:
            raise ValueRefused(RESULT_NOT_JSON, f"the value is nested deeper than {DEPTH_LIMIT} levels")
        is_dict = _is_a(value, dict)
        for key, child in value.items() if is_dict else enumerate(value):
            if is_dict and not _is_a(key, str):
                raise ValueRefused(RESULT_NOT_JSON, f"a key of {path} is of type {_type_name(key)}, not str")
            at = cut(f"{path}.{key}" if is_dict else f"{path}[{key}]", _PATH_LIMIT)
            if _is_a(child, _CONTAINERS):
                stack.append((child, at, (*above, id(value))))
            else:
                _explain_scalar(child, at)


def _explain_scalar(value: Any, path: str) -> None:
    if value is None or _is_a(value, (str, bool)):
        return
    if _is_a(value, float):
        if float.__sub__(value, value) != 0.0:
            raise ValueRefused(RESULT_NOT_JSON, f"{path} is {float.__repr__(value)}, which JSON cannot hold")
        return
    if not _is_a(value, int):
        raise ValueRefused(RESULT_NOT_JSON, f"{path} is of type {_type_name(value)}, which JSON cannot hold")
    if int.__abs__(value) >= _TOO_LONG_INTEGER:
        raise ValueRefused(RESULT_NOT_JSON, f"{path} is an integer of more than 4300 digits")


def _too_deep(text: str) -> bool:
    """Whether the depth must be looked at: as many brackets as levels are allowed."""
    return text.count("{") + text.count("[") > DEPTH_LIMIT


def _make_quick_encoder(encode: Callable[[Any], str]) -> Callable[[Any], bytes]:
    def encode_quickly(value: Any) -> bytes:
        if type(value) is not dict:
            return encode_thoroughly(value)
        try:
            text = encode(value)
            # rapidjson up to 1.4 asks a float subclass for its repr, which may be anything. A value can only
            # hold an instance of one while such a class exists.
            if _float_subclasses():
                return encode_thoroughly(value)
            if len(text) > _WORTH_COUNTING and _too_deep(text):
                return encode_thoroughly(value)
            return text.encode()
        except Exception:
            return encode_thoroughly(value)

    return encode_quickly


def _make_rapid_encoder() -> Callable[[Any], bytes]:
    return _make_quick_encoder(
        rapidjson.Encoder(
            ensure_ascii=False,
            number_mode=rapidjson.NM_NATIVE,
            bytes_mode=rapidjson.BM_NONE,
            iterable_mode=rapidjson.IM_ONLY_LISTS,
            mapping_mode=rapidjson.MM_ONLY_DICTS,
        )
    )


def _encode_with_standard_library(value: Any) -> bytes:
    if type(value) is not dict:
        return encode_thoroughly(value)
    try:
        text = "".join(_standard_chunks(value, 0))
        # The standard encoder writes a key 1 as "1". Joining the keys is the quickest proof that all are text;
        # a second brace may be another dict, whose keys have to be looked at too.
        "".join(value)
        if (text.find("{", 1) > 0 or len(text) > _WORTH_COUNTING) and not _has_sound_shape(value):
            return encode_thoroughly(value)
        return _upper_case_escapes(text).encode() if "\\u00" in text else text.encode()
    except Exception:
        return encode_thoroughly(value)


encode_value: Callable[[Any], bytes] = _make_rapid_encoder() if rapidjson else _encode_with_standard_library
"""JSON in UTF-8 of a dict as a stage returned it; raises ValueRefused."""

JSON_MODULE = f"rapidjson {rapidjson.__version__}" if rapidjson else f"json {platform.python_version()}"
