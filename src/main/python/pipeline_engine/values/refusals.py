"""Values that cannot be stored, and messages that tell why and where in the value."""

from typing import Any

from pipeline_engine.protocol.documents import cut, type_name
from pipeline_engine.protocol.error_codes import ErrorCode

CONTAINERS = (dict, list, tuple)
DEPTH_LIMIT = 500
DIGIT_LIMIT = 4300

_TOO_LONG_INTEGER = 10**DIGIT_LIMIT
_PATH_LIMIT = 200

_ADVICE = {
    ("numpy", "generic"): "`.item()` makes a number or text of it",
    ("numpy", "ndarray"): "`.tolist()` makes a list of it",
    ("pandas.core.series", "Series"): "`.to_dict()` makes a dict of it",
    ("pandas.core.frame", "DataFrame"): "`.to_dict()` makes a dict of it",
    ("datetime", "date"): "`.isoformat()` makes text of it",
    ("datetime", "time"): "`.isoformat()` makes text of it",
    ("decimal", "Decimal"): "`str()` makes text of it, `float()` a number",
    ("uuid", "UUID"): "`str()` makes text of it",
    ("builtins", "set"): "`list()` makes a list of it",
    ("builtins", "bytes"): "`.decode()` makes text of it",
}
"""What helps with values of a class or its subclasses, by its module and name."""


class ValueRefused(Exception):
    """What a stage returned cannot be stored."""

    def __init__(self, code: ErrorCode, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def too_large(size: int, limit: int) -> ValueRefused:
    return ValueRefused(ErrorCode.RESULT_TOO_LARGE, f"the value has {size:,} bytes; the limit is {limit:,}")


def is_a(value: Any, kinds: type | tuple[type, ...]) -> bool:
    """isinstance() for values that may pretend to be of another class."""
    return issubclass(type(value), kinds)


def type_name_of(value: Any) -> str:
    """The name of its type as messages show it."""
    return type_name(value, "an unnamed type")


def refusal_of(value: Any, problem: Exception | None) -> ValueRefused:
    """Why the value cannot be written: its first invalid part, or else the exception."""
    try:
        _explain(value)
    except ValueRefused as refused:
        return refused
    except Exception as another:
        problem = problem or another
    return ValueRefused(ErrorCode.RESULT_NOT_JSON, f"the value cannot be written as JSON: {type_name_of(problem)}")


def _explain(root: Any) -> None:
    """Walk the value without recursion; raises ValueRefused with the path of an invalid part."""
    stack: list[tuple[Any, str, tuple[int, ...]]] = [(root, "$", ())]
    while stack:
        value, path, above = stack.pop()
        if id(value) in above:
            raise ValueRefused(ErrorCode.RESULT_NOT_JSON, f"{path} contains itself")
        if len(above) >= DEPTH_LIMIT:
            raise ValueRefused(ErrorCode.RESULT_NOT_JSON, f"the value is nested deeper than {DEPTH_LIMIT} levels")
        is_dict = is_a(value, dict)
        for key, child in value.items() if is_dict else enumerate(value):
            if is_dict and not is_a(key, str):
                raise ValueRefused(
                    ErrorCode.RESULT_NOT_JSON, f"a key of {path} is of type {type_name_of(key)}, not str"
                )
            at = cut(f"{path}.{key}" if is_dict else f"{path}[{key}]", _PATH_LIMIT)
            if is_a(child, CONTAINERS):
                stack.append((child, at, (*above, id(value))))
            else:
                _explain_scalar(child, at)


def _explain_scalar(value: Any, path: str) -> None:
    if value is None or is_a(value, (str, bool)):
        return
    if is_a(value, float):
        if float.__sub__(value, value) != 0.0:
            raise _cannot_hold(path, float.__repr__(value), "None can stand for it")
        return
    if not is_a(value, int):
        raise _cannot_hold(path, f"of type {type_name_of(value)}", _advice_on(value))
    if int.__abs__(value) >= _TOO_LONG_INTEGER:
        raise ValueRefused(ErrorCode.RESULT_NOT_JSON, f"{path} is an integer of more than {DIGIT_LIMIT} digits")


def _cannot_hold(path: str, what: str, advice: str) -> ValueRefused:
    message = f"{path} is {what}, which JSON cannot hold"
    return ValueRefused(ErrorCode.RESULT_NOT_JSON, f"{message}: {advice}" if advice else message)


def _advice_on(value: Any) -> str:
    """Empty if none is known. Looks at types in ways that they cannot change."""
    module, name = type.__dict__["__module__"], type.__dict__["__name__"]
    for base in type.mro(type(value)):
        try:
            place = (module.__get__(base), name.__get__(base))
        except AttributeError:
            continue
        if type(place[0]) is str and place in _ADVICE:
            return _ADVICE[place]
    return ""
