"""JSON out: what scripts return becomes exactly that, in the same bytes whichever encoder does it, or is refused."""

import collections
import datetime
import decimal
import enum
import json
import random
import sys
import types
import unittest
from collections.abc import Callable
from typing import Any

from pipeline_engine.values import quick_encoder
from pipeline_engine.values.quick_encoder import encode_value, encode_with_standard_library, make_rapid_encoder
from pipeline_engine.values.refusals import ValueRefused
from pipeline_engine.values.thorough_encoder import encode_thoroughly

NESTED = {"a": {"b": [{"c": [None, True, False, 0, -1, 1.5, "x", {}, [], [[]], ""]}]}}


class Whole(enum.IntEnum):
    THREE = 3


class LoudFloat(float):
    def __repr__(self) -> str:
        return "np.float64(1.0)"


class LoudInteger(int):
    def __repr__(self) -> str:
        return "a number"

    __str__ = __repr__


class Text(str):
    def __str__(self) -> str:
        return "other"


class Record(dict):
    pass


class Watchful:
    """Knows how often it was asked for a text."""

    looks = 0

    def __repr__(self) -> str:
        Watchful.looks += 1
        return "{}"

    __str__ = __repr__


def deep(levels: int) -> dict:
    value: dict = {}
    for _ in range(levels - 1):
        value = {"a": value}
    return value


def ordered() -> collections.OrderedDict:
    value = collections.OrderedDict(a=1, b=2)
    value.move_to_end("a")
    return value


ENCODABLE = [
    {},
    NESTED,
    {"a": ""},
    {"a": 'quote " backslash \\ slash / and \\u001f as text'},
    {"a": "".join(map(chr, range(0x100)))},
    {"a": "\u2028\u2029\ufeff\uffff\U0001f600\U0010ffff"},
    {"\x1f\x0b key": "\x7f"},
    {"\ud800": "\udfff", "pair": "\ud83d\ude00"},
    {"\ud800": "\x1f"},
    {"a": [0, -0, 2**63 - 1, 2**63, -(2**63), -(2**63) - 1, 2**64, 10**39 + 7, -(10**4299)]},
    {
        "a": [
            0.0,
            -0.0,
            1e16,
            1e15,
            1e-4,
            1e-5,
            1.1,
            5e-324,
            1.7976931348623157e308,
            2.2250738585072014e-308,
            0.1 + 0.2,
            1e22,
            123456789012345680.0,
        ]
    },
    {"a": (1, (2, [3, {}]))},
    {"a": Whole.THREE, "b": LoudInteger(5), "c": True},
    {"a": LoudFloat(2.5)},
    {Text("k"): Text("v")},
    Record(a=Record(b=1)),
    ordered(),
    {"a": ordered()},
    {"a": collections.defaultdict(list, x=[1])},
    {"a": collections.Counter("aab")},
    {"a": [types.SimpleNamespace(x=1).__dict__]},
    deep(500),
    {"a": "{[" * 2000},
    {"a": [[]] * 2000},
]

REFUSED = [
    (None, "NoneType"),
    ([], "list"),
    ("text", "str"),
    ({1: 2}, "a key of $ is of type int"),
    ({"a": {None: 2}}, "a key of $.a is of type NoneType"),
    ({"a": [{True: 2}]}, "a key of $.a[0] is of type bool"),
    ({"a": {(1, 2): 2}}, "a key of $.a is of type tuple"),
    ({"a": {1.5: 2}}, "a key of $.a is of type float"),
    ({"a": [1, {2, 3}]}, "$.a[1] is of type set"),
    ({"a": b"x"}, "$.a is of type bytes"),
    ({"a": bytearray(b"x")}, "$.a is of type bytearray"),
    ({"a": datetime.datetime(2024, 1, 1)}, "$.a is of type datetime"),
    ({"a": datetime.date(2024, 1, 1)}, "$.a is of type date"),
    ({"a": decimal.Decimal("1.1")}, "$.a is of type Decimal"),
    ({"a": float("nan")}, "$.a is nan"),
    ({"a": [float("-inf")]}, "$.a[0] is -inf"),
    ({"a": LoudFloat("nan")}, "$.a is nan"),
    ({"a": object()}, "$.a is of type object"),
    ({"a": range(3)}, "$.a is of type range"),
    ({"a": iter([1])}, "$.a is of type list_iterator"),
    ({"a": (number for number in [1])}, "$.a is of type generator"),
    ({"a": json}, "$.a is of type module"),
    ({"a": collections.UserDict(x=1)}, "$.a is of type UserDict"),
    ({"a": types.MappingProxyType({})}, "$.a is of type mappingproxy"),
    ({"a": 1j}, "$.a is of type complex"),
    ({"a": int("1" * 4300) * 10}, "4300 digits"),
    (deep(501), "deeper than 500 levels"),
    (deep(5000), "deeper than 500 levels"),
    (deep(100_000), "deeper than 500 levels"),
]


ADVICE = [
    (datetime.datetime(2024, 1, 1), "`.isoformat()` makes text of it"),
    (datetime.time(1), "`.isoformat()` makes text of it"),
    (decimal.Decimal("1.1"), "`str()` makes text of it, `float()` a number"),
    ({2, 3}, "`list()` makes a list of it"),
    (float("nan"), "None can stand for it"),
]


def encode(encoder, value) -> bytes | tuple[str, str]:
    try:
        return encoder(value)
    except ValueRefused as refused:
        return refused.code, refused.message


def encoders() -> dict[str, Callable[[Any], bytes]]:
    found: dict[str, Callable[[Any], bytes]] = {
        "thorough": encode_thoroughly,
        "standard library": encode_with_standard_library,
    }
    if quick_encoder.rapidjson:
        found["rapidjson"] = make_rapid_encoder()
    return found


class Encoders(unittest.TestCase):
    def test_values_survive_and_every_encoder_writes_the_same_bytes(self) -> None:
        for value in ENCODABLE:
            expected = encode_thoroughly(value)
            self.assertEqual(json.loads(expected), json.loads(json.dumps(value)), f"{expected[:200]!r}")
            for name, encoder in encoders().items():
                with self.subTest(encoder=name, value=str(expected[:80])):
                    self.assertEqual(encode(encoder, value), expected)

    def test_what_is_no_json_is_refused_by_every_encoder_with_its_type_and_place(self) -> None:
        for value, message in REFUSED:
            for name, encoder in encoders().items():
                with self.subTest(encoder=name, message=message):
                    code, found = encode(encoder, value)
                    self.assertEqual(code, "RESULT_NOT_JSON")
                    self.assertIn(message, str(found))

    def test_what_helps_is_told(self) -> None:
        for value, advice in ADVICE:
            _, message = encode(encode_thoroughly, {"a": value})
            self.assertTrue(str(message).endswith(f"which JSON cannot hold: {advice}"), message)

    def test_an_integer_that_is_too_long_is_refused_also_where_a_script_has_lifted_the_limit_of_python(self) -> None:
        limit = sys.get_int_max_str_digits()
        sys.set_int_max_str_digits(0)
        self.addCleanup(sys.set_int_max_str_digits, limit)
        longest = 10**4300 - 1
        digits = "7" * 5000
        too_long = "is an integer of more than 4300 digits"
        for value, expected in [
            ({"a": longest + 1}, f"$.a {too_long}"),
            ({"a": -longest - 1}, f"$.a {too_long}"),
            ({"a": [1, {"b": [10**20_000]}]}, f"$.a[1].b[0] {too_long}"),
            ({"a": digits, "b": LoudInteger(longest + 1)}, f"$.b {too_long}"),
            ({"a": longest}, str(longest)),
            ({"a": [-longest, 1]}, f"[-{longest},1]"),
            ({"a": digits + '\\"' + digits, digits: longest}, digits),
        ]:
            for name, encoder in encoders().items():
                with self.subTest(encoder=name, expected=expected[:40]):
                    found = encode(encoder, value)
                    if isinstance(found, bytes):
                        self.assertIn(expected, found.decode())
                        self.assertEqual(json.loads(found), value)
                    else:
                        self.assertEqual(found, ("RESULT_NOT_JSON", expected))

    def test_a_value_that_contains_itself_is_refused(self) -> None:
        cycle: dict = {"list": [1]}
        cycle["list"].append(cycle)
        for name, encoder in encoders().items():
            with self.subTest(encoder=name):
                self.assertEqual(encode(encoder, cycle), ("RESULT_NOT_JSON", "$.list[1] contains itself"))

    def test_nothing_of_a_value_is_run_to_refuse_it(self) -> None:
        watchful = Watchful()
        for value in [
            {"a": watchful},
            {watchful: 1},
            {"a": [{"b": watchful}]},
            {"a": {watchful: 1}},
            {"a": {watchful}},
        ]:
            for name, encoder in encoders().items():
                with self.subTest(encoder=name):
                    self.assertEqual(encode(encoder, value)[0], "RESULT_NOT_JSON")
                    self.assertEqual(watchful.looks, 0)

    def test_random_values_are_written_alike_by_every_encoder(self) -> None:
        source = random.Random(7)
        for _ in range(3000):
            value = {random_text(source): random_value(source, 4) for _ in range(source.randrange(5))}
            expected = encode_thoroughly(value)
            self.assertEqual(json.loads(expected), value)
            for name, encoder in encoders().items():
                self.assertEqual(encode(encoder, value), expected, name)

    def test_an_encoder_that_is_less_strict_is_not_chosen(self) -> None:
        for encoder in encoders().values():
            self.assertTrue(quick_encoder._agrees(encoder))
        self.assertFalse(quick_encoder._agrees(lambda value: json.dumps(value).encode()))
        self.assertFalse(quick_encoder._agrees(lambda value: encode_thoroughly(value).replace(b"1e+16", b"1e16")))

    def test_text_that_can_be_read_is_written_as_it_is(self) -> None:
        self.assertEqual(encode_value({"a": "Zürich \U0001f600"}), '{"a":"Zürich \U0001f600"}'.encode())

    def test_no_value_holds_a_line_break(self) -> None:
        for value in ENCODABLE:
            self.assertNotIn(b"\n", encode_value(value))


def random_text(source: random.Random) -> str:
    ranges = [(0x20, 0x7E), (0x00, 0xFF), (0x100, 0xFFFF), (0x10000, 0x10FFFF)]
    return "".join(chr(source.randint(*source.choice(ranges))) for _ in range(source.randrange(8)))


def random_value(source: random.Random, levels: int):
    kind = source.randrange(8 if levels else 6)
    if kind == 0:
        return source.choice([None, True, False])
    if kind == 1:
        return source.randint(-(10 ** source.randrange(1, 40)), 10 ** source.randrange(1, 40))
    if kind == 2:
        return source.uniform(-1, 1) * 10.0 ** source.randrange(-300, 300)
    if kind in (3, 4, 5):
        return random_text(source)
    if kind == 6:
        return [random_value(source, levels - 1) for _ in range(source.randrange(4))]
    return {random_text(source): random_value(source, levels - 1) for _ in range(source.randrange(4))}


if __name__ == "__main__":
    unittest.main()
