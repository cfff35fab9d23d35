"""What `datapipeline.chat` and `embed` ask and give."""

from typing import Any

from model_case import SCHEMA, ModelCase, environment, message

from datapipeline import ModelAnswerInvalid, ModelCallFailed, chat, embed
from datapipeline.schemas import can_be_strict, problems_of


class Chat(ModelCase):
    def test_a_prompt_is_answered_with_text(self) -> None:
        self.answer(message("Paris"))

        self.assertEqual(chat("The capital of France?"), "Paris")
        self.assertEqual(
            self.server.requests,
            [
                {
                    "path": "/v1/chat/completions",
                    "model": "of the run",
                    "messages": [{"role": "user", "content": "The capital of France?"}],
                }
            ],
        )
        self.assertEqual(self.server.headers[0]["authorization"], "Bearer a key")

    def test_messages_system_model_and_options_go_into_the_request(self) -> None:
        self.answer(message("a"), message("b"))
        given = [{"role": "user", "content": "1"}, {"role": "assistant", "content": "2"}]

        chat(given, system="short", model="another", temperature=0, max_tokens=5)
        chat("ü \ud800")

        first, second = self.server.requests
        self.assertEqual(first["messages"], [{"role": "system", "content": "short"}, *given])
        self.assertEqual((first["model"], first["temperature"], first["max_tokens"]), ("another", 0, 5))
        self.assertEqual(second["messages"][0]["content"][0], "ü")
        self.assertEqual(len(given), 2)

    def test_what_it_cannot_do_is_refused_before_it_costs_anything(self) -> None:
        refused: list[dict[str, Any]] = [{"stream": True}, {"n": 2}]
        for options in refused:
            with self.subTest(options), self.assertRaises(TypeError):
                chat("x", **options)
        with environment(DATAPIPELINE_LLM_MODEL=None), self.assertRaisesRegex(ValueError, "name a model"):
            chat("x")
        self.assertEqual(self.server.requests, [])

    def test_text_in_parts_is_joined(self) -> None:
        self.answer(message([{"type": "text", "text": "Pa"}, {"type": "text", "text": "ris"}]))

        self.assertEqual(chat("x"), "Paris")

    def test_an_answer_without_text_is_invalid(self) -> None:
        for answer, expected in (
            (message(None, refusal="not that"), "refuses to answer: not that"),
            (message(None, tool_calls=[]), "holds no text"),
        ):
            with self.subTest(expected):
                self.answer(answer)
                with self.assertRaisesRegex(ModelAnswerInvalid, expected):
                    chat("x")

    def test_an_answer_of_another_shape_is_a_failed_call(self) -> None:
        for answer in ({}, {"choices": []}, {"choices": [{"message": "x"}]}, [], b"<html>", b""):
            with self.subTest(answer):
                self.answer(answer)
                with self.assertRaises(ModelCallFailed) as raised:
                    chat("x")
                self.assertEqual((raised.exception.status, raised.exception.code), (200, "invalid_answer"))


class Schemas(ModelCase):
    FITS = '{"name": "Paris", "people": 2100000}'

    def test_an_answer_that_fits_is_a_dict(self) -> None:
        for text in (self.FITS, f"\n{self.FITS}\n", f"```json\n{self.FITS}\n```"):
            with self.subTest(text):
                self.answer(message(text))
                self.assertEqual(chat("x", schema=SCHEMA), {"name": "Paris", "people": 2_100_000})
        self.assertEqual(
            self.server.requests[0]["response_format"],
            {"type": "json_schema", "json_schema": {"name": "A_city_", "schema": SCHEMA}},
        )

    def test_a_schema_is_strict_where_servers_can_enforce_it(self) -> None:
        plain = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}
        closed = plain | {"additionalProperties": False}
        nested = {"type": "object", "properties": {"a": {"type": "array", "items": closed}}, "required": ["a"]}
        for schema, expected in (
            (closed, True),
            (nested | {"additionalProperties": False}, True),
            (closed | {"properties": {"a": {"type": ["string", "null"], "enum": ["x", None]}}}, True),
            (plain, False),
            (nested, False),
            (closed | {"required": []}, False),
            (closed | {"properties": {"a": {"type": "string", "pattern": "x"}}}, False),
            (closed | {"properties": {"a": plain}}, False),
            (closed | {"properties": {"a": {"anyOf": [plain, {"type": "null"}]}}}, False),
            (closed | {"$defs": {"b": plain}}, False),
            (closed | {"properties": {"a": {"type": "object"}}}, False),
        ):
            with self.subTest(schema):
                self.assertEqual(can_be_strict(schema), expected)
        self.answer(message('{"a": "b"}'))
        chat("x", schema=closed)
        self.assertIs(self.server.requests[-1]["response_format"]["json_schema"]["strict"], True)

    def test_one_that_does_not_fit_is_asked_for_once_more(self) -> None:
        for text, problem in (
            ("Paris", "it is not JSON"),
            ("[1]", "it is not a JSON object"),
            ('{"name": "Paris", "people": NaN}', "NaN is no JSON"),
            ('{"name": "Paris"}', "/people is missing"),
            ('{"name": "Paris", "people": "many"}', "/people must be integer"),
            ('{"name": "Paris", "people": 1, "river": "Seine"}', "/river must not be there"),
        ):
            with self.subTest(text):
                self.answer(message(text), message(self.FITS))
                self.assertEqual(chat("Which?", schema=SCHEMA)["name"], "Paris")
                asked, answered, told = self.server.requests[-1]["messages"]
                self.assertEqual((asked["content"], answered["content"]), ("Which?", text))
                self.assertIn(problem, told["content"])

    def test_one_that_never_fits_is_invalid(self) -> None:
        self.answer(message("{}"), message('{"name": 1, "people": -1}'))

        with self.assertRaisesRegex(ModelAnswerInvalid, "/name must be string; /people must be at least 0") as raised:
            chat("x", schema=SCHEMA)
        self.assertEqual(raised.exception.answer, '{"name": 1, "people": -1}')
        self.assertEqual(len(self.server.requests), 2)

    def test_keywords(self) -> None:
        tree = {"type": "object", "properties": {"children": {"type": "array", "items": {"$ref": "#"}}}}
        for schema, good, bad in (
            ({"type": "integer"}, [1, 1.0, -3], [1.5, "1", True, None]),
            ({"type": "number"}, [1, 1.5], [True, "1"]),
            ({"type": ["string", "null"]}, ["", None], [0, {}]),
            ({"type": "boolean"}, [True], [1]),
            ({"enum": [1, "a", None]}, [1, "a", None], [True, "b"]),
            ({"const": 1}, [1], [True, 2]),
            ({"minimum": 1, "maximum": 2}, [1, 2, "x"], [0.9, 3]),
            ({"exclusiveMinimum": 1, "exclusiveMaximum": 2}, [1.5], [1, 2]),
            ({"minLength": 1, "maxLength": 2}, ["a", "äö"], ["", "abc"]),
            ({"pattern": "^[a-z]+$"}, ["abc", 5], ["A"]),
            ({"minItems": 1, "maxItems": 2}, [[1]], [[], [1, 2, 3]]),
            ({"items": {"type": "string"}}, [[], ["a"]], [["a", 1]]),
            ({"anyOf": [{"type": "string"}, {"type": "null"}]}, ["a", None], [1]),
            ({"oneOf": [{"minimum": 1}, {"maximum": 5}]}, [0, 6], [3]),
            ({"allOf": [{"minimum": 1}, {"maximum": 5}]}, [3], [0, 6]),
            ({"additionalProperties": {"type": "integer"}}, [{"a": 1}], [{"a": "1"}]),
            ({"properties": {"a": False}}, [{}], [{"a": 1}]),
            ({"$ref": "#/$defs/a~1b", "$defs": {"a/b": {"type": "null"}}}, [None], [1]),
            (tree, [{}, {"children": [{"children": []}]}], [{"children": [{"children": [1]}]}]),
            ({"format": "date", "unheardOf": 1}, ["x"], []),
        ):
            for value in good:
                with self.subTest(schema=schema, good=value):
                    self.assertEqual(problems_of(value, schema), [])
            for value in bad:
                with self.subTest(schema=schema, bad=value):
                    self.assertNotEqual(problems_of(value, schema), [])

    def test_a_schema_that_is_none_is_an_error_of_the_script(self) -> None:
        for schema in ({"type": "text"}, {"$ref": "#"}, {"$ref": "#/missing"}, {"$ref": "http://x/y"}, {"items": 5}):
            with self.subTest(schema), self.assertRaises(ValueError):
                problems_of([1], schema)


class Embed(ModelCase):
    def test_a_text_is_a_vector_and_several_are_several(self) -> None:
        self.answer(
            {"data": [{"index": 0, "embedding": [1, 0.5]}]},
            {"data": [{"index": 1, "embedding": [2.0]}, {"index": 0, "embedding": [1.0]}]},
        )

        self.assertEqual(embed("a"), [1.0, 0.5])
        self.assertEqual(embed(["a", "b"], model="m"), [[1.0], [2.0]])
        self.assertEqual(embed([]), [])
        self.assertEqual(
            self.server.requests,
            [
                {"path": "/v1/embeddings", "model": "of the run", "input": ["a"]},
                {"path": "/v1/embeddings", "model": "m", "input": ["a", "b"]},
            ],
        )

    def test_vectors_that_are_missing_or_none_are_a_failed_call(self) -> None:
        for data in ([], [{"index": 1, "embedding": [1]}], [{"index": 0, "embedding": "AAAA"}], None, [5]):
            with self.subTest(data):
                self.answer({"data": data})
                with self.assertRaises(ModelCallFailed):
                    embed("a")
