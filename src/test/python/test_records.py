"""JSON in: records arrive in scripts as they were sent, or fail with the reason."""

import decimal
import json
import math
import random
import unittest

from pipeline_engine.values.records import SLICE_BYTES, BrokenRecord, parse_record, parse_slice, slices

from engine_service import EngineService

TRICKY_NUMBERS = [
    "0", "-0", "-0.0", "1.10", "1e5", "1E+05", "1e400", "-1e400", "1e-400", "-1E-400", "1e-323", "2e-324", "3e-324",
    "0e-400", "0.0e-999", "0e999", "1e308", "1.8e308", "1e+0308", "12e307",
    "1" * 309, "1" * 308, "9" * 310 + ".5", "1" + "0" * 308 + ".0", "2" * 309 + ".0", "0." + "0" * 400 + "1",
    "1" * 4300, "1" * 4301, "-" + "1" * 4300, "-" + "1" * 4301, "1.7976931348623157e308", "1.7976931348623159e308",
    "1" + "0" * 250 + "e99", "0." + "0" * 250 + "1e-99", "1" + "0" * 198 + "e99", "0." + "0" * 198 + "1e-99",
    "0." + "0" * 340, "0." + "0" * 340 + "e-5", "1e-99", "1" + "0" * 400 + "e-400", "0." + "3" * 400,
    "0.0000001e315", "123e-5", "1e0000000000400", "1e000000000005", str(2**63), str(-(2**63) - 1), str(10**40),
]  # fmt: skip


class Parsing(unittest.TestCase):
    def test_numbers_are_exact_or_refused_whether_parsed_alone_or_in_a_slice(self) -> None:
        for text in TRICKY_NUMBERS:
            line = f'{{"n":{text}}}'.encode()
            with self.subTest(number=text[:40], length=len(text)):
                alone = outcome(line)
                together = parse_slice(b'{"a":1}\n' + line + b'\n{"b":2.5}\n', 10)
                self.assertEqual(together.records[0], {"a": 1})
                self.assertEqual(together.records[2], {"b": 2.5})
                if isinstance(alone, str):
                    self.assertEqual(together.broken[11].code, alone)
                else:
                    self.assertEqual(repr(together.records[1]), repr(alone))
                self.assertEqual(alone, expected_of(text))

    def test_slices_are_the_same_as_single_records(self) -> None:
        source = random.Random(5)
        lines = [random_line(source) for _ in range(4000)]
        area = b"".join(line + b"\n" for line in lines)

        found: list = []
        for first, records, _, broken in slices(bytearray(area), len(area), 100, 0):
            self.assertEqual(first, 100 + len(found))
            found += [broken[first + at].code if record is None else record for at, record in enumerate(records)]

        self.assertGreater(len(area), 3 * SLICE_BYTES)
        self.assertEqual(repr(found), repr([outcome(line) for line in lines]))

    def test_records_already_settled_are_left_out(self) -> None:
        area = b'{"n":0}\n{"n":1}\n{"n":2}\n{"n":3}\n'

        self.assertEqual(
            [(s.first, s.records) for s in slices(bytearray(area), len(area), 7, 9)], [(9, [{"n": 2}, {"n": 3}])]
        )

    def test_a_record_larger_than_a_slice_is_one_slice(self) -> None:
        large = json.dumps({"a": "x" * 3 * SLICE_BYTES}).encode()
        area = b'{"n":0}\n' + large + b'\n{"n":2}\n'

        self.assertEqual([len(found.records) for found in slices(bytearray(area), len(area), 0, 0)], [1, 1, 1])

    def test_lines_that_are_no_record_break_only_themselves(self) -> None:
        bad = [
            b"",
            b"[]",
            b"1",
            b'{"a":1},{"b":2}',
            b'{"a":1',
            b'"b":2}',
            b'{"a":NaN}',
            b'{"a":Infinity}',
            b"\xff",
            b'{"a":1} x',
            b"{'a':1}",
        ]
        area = b"".join(b'{"good":1}\n' + line + b"\n" for line in bad)

        found = parse_slice(area, 0)

        self.assertEqual(found.records[::2], [{"good": 1}] * len(bad))
        self.assertEqual([found.broken[at].code for at in range(1, 2 * len(bad), 2)], ["RECORD_NOT_JSON"] * len(bad))

    def test_blanks_around_a_record_do_not_matter(self) -> None:
        area = b' {"a":1}\t\n{"a":2} \r\n'

        self.assertEqual(parse_slice(area, 0).records, [{"a": 1}, {"a": 2}])
        self.assertEqual(parse_slice(area + b"x\n", 0).records, [{"a": 1}, {"a": 2}, None])

    def test_deep_nesting_is_read(self) -> None:
        line = b'{"a":' * 500 + b"1" + b"}" * 500

        self.assertEqual(json.dumps(parse_record(line)).replace(" ", "").encode(), line)
        self.assertEqual(outcome(b'{"a":' + b"[" * 200_000 + b"]" * 200_000 + b"}"), "RECORD_NOT_JSON")


class RecordsInScripts(unittest.TestCase):
    def test_awkward_records_go_through_unchanged(self) -> None:
        records = [
            '{"a":"\\ud800","b":"\\u0000","c":"\\u2028é\U0001f600"}',
            '{"n":' + "9" * 4300 + "}",
            '{"n":[1.10,1e-307,-0.0,0.1,0.1234567890123456789]}',
            '{"a":{"b":[]},"":{}}',
        ]
        with EngineService() as engine:
            engine.load("def transform(record):\n    return record\n")
            outcome = engine.run([record.encode() for record in records])

        self.assertEqual(outcome.statuses, ["SUCCEEDED"] * len(records))
        for raw, result in zip(records, outcome.results, strict=True):
            self.assertEqual(result.final, json.loads(raw))

    def test_numbers_that_python_cannot_hold_fail_their_record(self) -> None:
        numbers = [
            b"1e400",
            b"9" * 4301,
            b"-1e400",
            b"1",
            b"NaN",
            b"1e-400",
            b"[-1e-999]",
            b"0e-400",
            b"1e99999999999999",
        ]
        records = [b'{"n":%b}' % number for number in numbers]
        with EngineService() as engine:
            engine.load("def transform(record):\n    return record\n")
            outcome = engine.run(records)

        types = [result.error["type"] if result.status == "FAILED" else "" for result in outcome.results]
        self.assertEqual(
            types,
            [
                "NUMBER_OUT_OF_RANGE",
                "NUMBER_TOO_LONG",
                "NUMBER_OUT_OF_RANGE",
                "",
                "RECORD_NOT_JSON",
                "NUMBER_OUT_OF_RANGE",
                "NUMBER_OUT_OF_RANGE",
                "",
                "NUMBER_OUT_OF_RANGE",
            ],
        )
        self.assertIn("the number 1e400 is larger than", outcome.results[0].error["message"])
        self.assertIn("the number 1e-400 is closer to zero than", outcome.results[5].error["message"])
        self.assertIsNone(outcome.results[0].error["step"])
        self.assertIn("4300", outcome.results[1].error["message"])


def outcome(line: bytes) -> dict | str:
    try:
        return parse_record(line)
    except BrokenRecord as broken:
        return broken.code


def expected_of(text: str) -> dict | str:
    try:
        value = json.loads(text)
    except ValueError:
        return "NUMBER_TOO_LONG"
    is_lost = isinstance(value, float) and (math.isinf(value) or (value == 0 and decimal.Decimal(text) != 0))
    return "NUMBER_OUT_OF_RANGE" if is_lost else {"n": value}


def random_line(source: random.Random) -> bytes:
    if source.random() < 0.02:
        return f'{{"n":{source.choice(TRICKY_NUMBERS)}}}'.encode()
    if source.random() < 0.01:
        return b'{"broken":'
    text = "".join(
        chr(source.choice([source.randint(1, 127), source.randint(128, 0xD7FF)])) for _ in range(source.randrange(60))
    )
    return json.dumps(
        {"id": source.randrange(10**6), "text": text, "x": source.random()}, ensure_ascii=source.random() < 0.5
    ).encode()


if __name__ == "__main__":
    unittest.main()
