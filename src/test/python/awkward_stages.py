"""Records and stages whose values are hard to tell as changes."""

import copy
import json
from collections.abc import Callable
from typing import Any

Stage = Callable[[dict[str, Any]], Any]

LONG = 'a text that is long enough to be copied, with "quotes", back\\slashes, a\ttab, Zürich and \U0001f600'

SPOKEN = 'she says "a text",\nand \u201cmore of it\u201d, ' * 12

AWKWARD_LINES = [
    b"{}",
    b'{"a":1}',
    b' {"a" : 1 , "b":2} ',
    b'{"a":1.0,"b":1e5,"c":1E+5,"d":-0.0,"e":-0,"f":0.10,"g":123456789012345678901234567890,"h":1e-7,"i":1e16}',
    b'{"a":"\\u0041\\/\\u001f\\u001F\\ud83d\\ude00\\ud800 and some more of it","b":"plain text of some length"}',
    b'{"a":[1, 2],"b":[1,2],"c":{"x": 1},"d":{"x":1},"e":[],"f":{},"g":[1.0,1e5,-0]}',
    b'{"a\\u0062":1,"a\\"":2,"":3,"plain":"value of some length, so that it is copied"}',
    b'{"a":"ends with a comma,","b":",\\"","c":"x,","d":"},{","e":"\\\\"}',
    b'{"same":"equal values","other":"equal values","third":"equal values"}',
    json.dumps({"id": 1, "text": LONG, "tags": ["a", "b"], "nested": {"text": LONG}}).encode(),
    json.dumps({"id": 1, "text": LONG, "score": 0.5}, ensure_ascii=False).encode(),
    json.dumps({"id": 1, "text": LONG, "tags": ["a"]}, ensure_ascii=False, separators=(",", ":")).encode(),
    json.dumps({f"field {n}": n for n in range(500)}, separators=(",", ":")).encode(),
    json.dumps({f"field {n}": [n, str(n)] for n in range(500)}, separators=(",", ":")).encode(),
    *(
        json.dumps(
            {"id": 1, "text": f"{begin}{SPOKEN}{end}", "next": SPOKEN, "a": "b", "last": f"{SPOKEN}{end}"},
            ensure_ascii=ensure_ascii,
            separators=separators,
        ).encode()
        for begin, end in (("", ""), (",", '"'), ('"', '",'), ("", '","'), ("\\", ""), ("", "\\"), ("", "\x1f"))
        for ensure_ascii, separators in (
            (False, (",", ":")),
            (False, (", ", ": ")),
            (False, (", ", ":")),
            (True, (",", ": ")),
        )
    ),
    b'{"a":\t1,"text":"a text that is long enough to be copied"}',
    b'{"a":true,"b":false,"c":null,"deep":' + b"[" * 400 + b"]" * 400 + b"}",
]

STAGES: list[Stage] = []


def stage(change: Stage) -> Stage:
    STAGES.append(change)
    return change


@stage
def unchanged(record: dict[str, Any]) -> Any:
    return record


@stage
def copied(record: dict[str, Any]) -> Any:
    return dict(record)


@stage
def deep_copied(record: dict[str, Any]) -> Any:
    return copy.deepcopy(record)


@stage
def added(record: dict[str, Any]) -> Any:
    return record | {f"new {len(record)}": LONG[: 7 * len(record) % 90]}


@stage
def set_in_place(record: dict[str, Any]) -> Any:
    for name in list(record)[::3]:
        record[name] = f"{record[name]}!"
    return record


@stage
def every_second_set(record: dict[str, Any]) -> Any:
    return {name: value if place % 2 else [value] for place, (name, value) in enumerate(record.items())}


@stage
def replaced(record: dict[str, Any]) -> Any:
    return {"only": LONG, "of": list(record)[:3]}


@stage
def reversed_order(record: dict[str, Any]) -> Any:
    return dict(reversed(record.items()))


@stage
def removed(record: dict[str, Any]) -> Any:
    for name in list(record)[:2]:
        del record[name]
    return record


@stage
def removed_and_added_again(record: dict[str, Any]) -> Any:
    for name in list(record)[:2]:
        record[name] = record.pop(name)
    return record


@stage
def changed_within(record: dict[str, Any]) -> Any:
    for value in record.values():
        if isinstance(value, list):
            value.append(1.0)
        elif isinstance(value, dict):
            value["new"] = value.pop("x", None)
    return record


@stage
def swapped(record: dict[str, Any]) -> Any:
    return dict(zip(record, reversed(record.values()), strict=True))


@stage
def equal_but_of_another_type(record: dict[str, Any]) -> Any:
    kinds = {int: float, float: int, bool: int}
    return {name: kinds.get(type(value), lambda same: same)(value) for name, value in record.items()}


@stage
def shared_list(record: dict[str, Any]) -> Any:
    shared: list[Any] = [1]
    return record | {"first": shared, "second": shared}


@stage
def tuples(record: dict[str, Any]) -> Any:
    return record | {"pair": (1, [2.50, "x"]), "-0": -0.0, "big": 2**70}


@stage
def emptied(_: dict[str, Any]) -> Any:
    return {}
