"""Values told as changes: joined, they are byte for byte what the encoder writes of the whole value."""

import json
import random
import unittest
from typing import Any

from awkward_stages import (
    AWKWARD_LINES,
    LONG,
    STAGES,
    Stage,
    added,
    copied,
    deep_copied,
    every_second_set,
    removed,
    unchanged,
)

from pipeline_engine.protocol.changes import CHANGE, COPIES_LIMIT, MEMBERS_LIMIT, joined_values
from pipeline_engine.values.quick_encoder import encode_value
from pipeline_engine.values.record_states import LongStates, WrittenStates
from pipeline_engine.values.records import parse_record
from pipeline_engine.values.refusals import ValueRefused

from engine_service import EngineService


class ChangesTest(unittest.TestCase):
    def test_awkward_records_through_every_pair_of_stages(self) -> None:
        for line in AWKWARD_LINES:
            for first in STAGES:
                for second in STAGES:
                    self._assert_same(line, [first, second, unchanged])

    def test_random_stages(self) -> None:
        chance = random.Random(5)
        for _ in range(500):
            self._assert_same(chance.choice(AWKWARD_LINES), chance.choices(STAGES, k=chance.randrange(1, 7)))

    def test_record_that_no_stage_changes_takes_no_bytes(self) -> None:
        line = json.dumps({"id": 1, "text": LONG, "tags": ["a", {"b": 1}]}, separators=(",", ":"), ensure_ascii=False)
        for states in (LongStates, WrittenStates):
            self.assertEqual([b"", b"", b""], self._parts(states, line.encode(), [unchanged, copied, deep_copied]))

    def test_field_that_is_added_takes_little_more_than_itself(self) -> None:
        for separators in ((",", ":"), (", ", ": ")):
            line = json.dumps({"id": 1, "text": LONG * 100}, separators=separators, ensure_ascii=False).encode()
            parts = self._parts(LongStates, line, [added, added, unchanged])
            self.assertLess(sum(map(len, parts)), 300, parts)

    def test_field_that_is_added_to_five_hundred_takes_little_more_than_itself(self) -> None:
        line = json.dumps({f"field {n}": f"value {n}" for n in range(500)}, separators=(",", ":")).encode()
        parts = self._parts(WrittenStates, line, [added, added, unchanged])
        self.assertLess(sum(map(len, parts)), 300, parts)

    def test_field_that_is_set_takes_little_more_than_itself(self) -> None:
        line = json.dumps({"id": 1, "text": LONG * 100, "last": 2}, separators=(",", ":"), ensure_ascii=False).encode()
        parts = self._parts(LongStates, line, [lambda record: record | {"id": 2, "last": 3}])
        self.assertLess(len(parts[0]), 60)

    def test_where_everything_changes_a_part_is_the_value(self) -> None:
        line = json.dumps({"id": 1, "text": LONG * 20}).encode()
        changed = {"id": 2, "text": LONG * 21}
        self.assertEqual([encode_value(changed)], self._parts(LongStates, line, [lambda _: changed]))

    def test_more_copies_than_are_allowed_make_a_whole_value(self) -> None:
        line = json.dumps({f"field {n}": "x" * 20 for n in range(3 * COPIES_LIMIT)}, separators=(",", ":")).encode()
        self._assert_same(line, [every_second_set, unchanged])

    def test_records_with_very_many_fields(self) -> None:
        line = json.dumps({f"field {n}": n for n in range(MEMBERS_LIMIT + 1)}, separators=(",", ":")).encode()
        self._assert_same(line, [unchanged, added, removed, removed, added])

    def test_a_value_that_cannot_be_written_is_refused_with_the_same_words(self) -> None:
        circle: list[Any] = []
        circle.append(circle)
        for wrong in ({1: 2}, {"a": {1, 2}}, {"a": float("nan")}, {"a": circle}, [1], None, {"a": 10**5000}):
            line = json.dumps({"id": 1, "text": LONG}).encode()
            record = parse_record(line)
            returned = record | wrong if isinstance(wrong, dict) else wrong
            with self.assertRaises(ValueRefused) as expected:
                encode_value(returned)
            with self.assertRaises(ValueRefused) as found:
                LongStates(line, record, True).part_of(returned)
            self.assertEqual(
                (expected.exception.code, expected.exception.message), (found.exception.code, found.exception.message)
            )

    def test_value_that_comes_back_after_a_whole_one(self) -> None:
        line = json.dumps({"id": 1, "text": LONG}, separators=(",", ":"), ensure_ascii=False).encode()
        for kept in (True, False):
            first: Any = parse_record(line)
            states = LongStates(line, first, kept)
            values = [dict(first), {"id": 2, "text": LONG + "!"}, dict(first), {}, dict(first)]
            told = [states.part_of(dict(value)) for value in values]
            lengths = [part.length_word for part in told]
            parts = b"".join(part.content for part in told)
            if kept:
                self.assertEqual(joined_values(line, lengths, parts), [encode_value(value) for value in values])
            else:
                self.assertEqual(joined_values(line, lengths[-1:], told[-1].content), [encode_value(first)])

    def test_what_pretends_to_be_a_dict(self) -> None:
        class Pretender(dict):
            def items(self) -> Any:
                return [("shown", LONG)]

            def copy(self) -> Any:
                raise RuntimeError

        line = json.dumps({"id": 1, "text": LONG}, separators=(",", ":"), ensure_ascii=False).encode()
        self._assert_same(line, [lambda _: Pretender(id=1), lambda _: {}, lambda _: Pretender(), lambda _: {}])

    def test_names_that_are_no_ordinary_texts(self) -> None:
        class Odd(str):
            def __eq__(self, _: object) -> bool:
                return True

            def __hash__(self) -> int:
                return hash("id")

        line = json.dumps({"id": 1, "text": LONG}, ensure_ascii=False).encode()
        self._assert_same(line, [lambda record: {"text": record["text"], Odd("x"): record["id"]}, copied])

    def _parts(self, kind: type[LongStates | WrittenStates], line: bytes, stages: list[Stage]) -> list[bytes]:
        record: Any = parse_record(line)
        states = LongStates(line, record, True) if kind is LongStates else WrittenStates(line, True)
        parts = []
        for stage in stages:
            record = stage(record)
            parts.append(states.part_of(record).content)
        return parts

    def _assert_same(self, line: bytes, stages: list[Stage]) -> None:
        for keeps_every_stage in (True, False):
            for make in (
                lambda record, keeps: LongStates(line, record, keeps),
                lambda _, keeps: WrittenStates(line, keeps),
            ):
                record: Any = parse_record(line)
                states = make(record, keeps_every_stage)
                values, parts, lengths = [], [], []
                for stage in stages:
                    record = stage(record)
                    values.append(encode_value(record))
                    part = states.part_of(record)
                    self.assertEqual(part.value_length, len(values[-1]))
                    self.assertLessEqual(len(part.content), len(values[-1]))
                    parts.append(part.content)
                    lengths.append(len(part.content) | (CHANGE if part.is_change else 0))
                if not keeps_every_stage:
                    values, parts, lengths = values[-1:], parts[-1:], lengths[-1:]
                self.assertEqual(joined_values(line, lengths, b"".join(parts)), values, [s.__name__ for s in stages])

    def test_every_loop_tells_the_same(self) -> None:
        documents = [{"id": n, "text": LONG * (n * 10), "tags": ["a"]} for n in range(40)]
        lines = [json.dumps(document, ensure_ascii=n % 2 == 0).encode() for n, document in enumerate(documents)]
        plain = "def transform(record):\n    record['new'] = record['id']\n    return record\n"
        awaiting = plain.replace("def", "async def").replace("new", "more")
        failing = (
            "def transform(record):\n    record['tags'].append(1)\n    return record if record['id'] % 3 else 1 / 0\n"
        )
        pipelines = [(plain, plain, failing), (plain, awaiting, failing), (awaiting, awaiting)]
        for sources in pipelines:
            for settings in (
                {},
                {"recordConcurrency": 4},
                {"trace": "final"},
                {"trace": "final", "recordConcurrency": 4},
            ):
                with EngineService() as engine:
                    engine.load(*sources, **settings)
                    results = engine.run(lines).results
                for document, result in zip(documents, results, strict=True):
                    self.assertEqual(result.raw_values, _expected(document, sources, "trace" in settings))

    def test_values_before_a_crash_are_told(self) -> None:
        document = {"id": 1, "text": LONG * 100}
        line = json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode()
        added = "def transform(record):\n    return record | {'new': 1}\n"
        for settings in ({}, {"trace": "final"}):
            with EngineService() as engine:
                engine.load(added, added, "import os\ndef transform(record):\n    os.abort()\n", **settings)
                (result,) = engine.run([line]).results
            self.assertEqual(result.status, "FAILED")
            self.assertEqual(set(result.raw_values), {encode_value(document | {"new": 1})})


def _expected(document: dict[str, Any], sources: tuple[str, ...], is_final: bool) -> list[bytes]:
    values = []
    value = document
    for source in sources:
        if "append" in source:
            if not document["id"] % 3:
                break
            value = value | {"tags": ["a", 1]}
        else:
            value = value | {"more" if "more" in source else "new": document["id"]}
        values.append(encode_value(value))
    return values[-1:] if is_final else values


if __name__ == "__main__":
    unittest.main()
