"""Fast encoders for the values that scripts usually return, which write the same bytes as the thorough one.

rapidjson is used if it is installed and passes a self-test: limited to exact JSON types it takes half the time of the
standard library's encoder. What a fast encoder refuses goes to the thorough one, which writes it or explains it.
"""

import platform
from collections.abc import Callable
from importlib import import_module
from typing import Any, NoReturn

from pipeline_engine.values.refusals import DEPTH_LIMIT, type_name_of
from pipeline_engine.values.thorough_encoder import (
    encode_thoroughly,
    has_valid_shape,
    may_hold_long_integer,
    standard_chunks,
    upper_case_escapes,
)


def _import_rapidjson() -> Any:
    try:
        return import_module("rapidjson")
    except ImportError:
        return None


rapidjson = _import_rapidjson()

# Shorter texts cannot exceed the limits of levels and digits.
_WORTH_COUNTING = 2 * DEPTH_LIMIT

_PLAIN = frozenset((str, int, float, bool, type(None)))

_float_subclasses = float.__subclasses__


def encode_with_standard_library(value: Any) -> bytes:
    """As encode_value, with the standard library alone."""
    if type(value) is not dict:
        return encode_thoroughly(value)
    try:
        text = "".join(standard_chunks(value, 0))
        # The standard encoder would write a key 1 as "1". Joining the keys fails unless all are text;
        # a second brace may be another dict, whose keys must be checked too.
        "".join(value)
        is_long = len(text) > _WORTH_COUNTING
        if (is_long or text.find("{", 1) > 0) and not has_valid_shape(value):
            return encode_thoroughly(value)
        if is_long and may_hold_long_integer(text):
            return encode_thoroughly(value)
        return upper_case_escapes(text).encode() if "\\u00" in text else text.encode()
    except Exception:
        return encode_thoroughly(value)


def _refuse(value: Any) -> NoReturn:
    raise TypeError(f"{type_name_of(value)} is not a JSON type")


def make_rapid_encoder() -> Callable[[Any], bytes]:
    """As encode_value, with rapidjson."""
    # Its own message would call `repr`, which may be user code.
    strict = type("StrictEncoder", (rapidjson.Encoder,), {"default": staticmethod(_refuse)})
    encode = strict(
        ensure_ascii=False,
        number_mode=rapidjson.NM_NATIVE,
        bytes_mode=rapidjson.BM_NONE,
        iterable_mode=rapidjson.IM_ONLY_LISTS,
        mapping_mode=rapidjson.MM_ONLY_DICTS,
    )

    def encode_quickly(value: Any) -> bytes:
        if type(value) is not dict:
            return encode_thoroughly(value)
        try:
            # rapidjson up to 1.4 calls `repr` of float subclasses, which may return anything. Numpy has some.
            if _float_subclasses() and not _PLAIN.issuperset(map(type, value.values())):
                return encode_thoroughly(value)
            text: str = encode(value)
            if len(text) > _WORTH_COUNTING and (
                text.count("{") + text.count("[") > DEPTH_LIMIT or may_hold_long_integer(text)
            ):
                return encode_thoroughly(value)
            return text.encode()
        except Exception:
            return encode_thoroughly(value)

    return encode_quickly


def _outcome(encode: Callable[[Any], bytes], value: Any) -> bytes | str:
    try:
        return encode(value)
    except Exception as problem:
        return str(problem)


def _agrees(encode: Callable[[Any], bytes]) -> bool:
    """Whether an encoder treats unusual values as the thorough one does."""
    subclass = type("Record", (dict,), {"items": lambda _: [("a", 1)]})
    writable = [
        "\x1f/\x7f\u2028\ud800",
        2**70,
        -(2**63),
        1e16,
        1e-7,
        -0.0,
        5e-324,
        (1, [2]),
        True,
        None,
        subclass(b=2),
    ]
    refused = [
        {1, 2},
        b"x",
        bytearray(b"x"),
        {1: 2},
        {None: 1},
        float("nan"),
        float("inf"),
        1j,
        range(2),
        iter("a"),
        object,
    ]
    return all(
        _outcome(encode, {"a": [value]}) == _outcome(encode_thoroughly, {"a": [value]}) for value in writable + refused
    )


def _choose() -> tuple[Callable[[Any], bytes], str]:
    if rapidjson is not None:
        encoder = make_rapid_encoder()
        if _agrees(encoder):
            return encoder, f"rapidjson {rapidjson.__version__}"
    return encode_with_standard_library, f"json {platform.python_version()}"


encode_value, JSON_MODULE = _choose()
"""`encode_value(value)` gives JSON in UTF-8 of a dict as a stage returned it, or raises ValueRefused."""
