"""The module `datapipeline`: chat and embed against a scripted server, as a script calls them."""

import contextlib
import json
import os
import pickle
import socket
import subprocess
import sys
import tempfile
import unittest
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from datapipeline import ModelAnswerInvalid, ModelCallFailed, SkipRecord, chat, embed
from datapipeline.schemas import can_be_strict, problems_of

from engine_service import ENGINE, EngineService, script
from outbound_service import Call, OutboundService, free_port

SCHEMA = {
    "title": "A city!",
    "type": "object",
    "properties": {"name": {"type": "string"}, "people": {"type": "integer", "minimum": 0}},
    "required": ["name", "people"],
    "additionalProperties": False,
}


def message(content: Any, **more: Any) -> dict[str, Any]:
    return {"choices": [{"message": {"role": "assistant", "content": content} | more, "finish_reason": "stop"}]}


def error(text: str, code: str | None) -> dict[str, Any]:
    return {"error": {"message": text, "type": "invalid_request_error", "param": None, "code": code}}


class Drop:
    """An answer that is none: the connection ends."""


class ModelServer:
    """Answers requests with what is due, in this order: a document, (status, headers, body) or a Drop."""

    def __init__(self) -> None:
        self.due: list[Any] = []
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.requests.append({"path": self.path} | json.loads(body))
                outer.headers.append({name.lower(): value for name, value in self.headers.items()})
                answer = outer.due.pop(0)
                if isinstance(answer, Drop):
                    self.close_connection = True
                    return
                status, headers, payload = answer if isinstance(answer, tuple) else (200, {}, answer)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(payload if isinstance(payload, bytes) else json.dumps(payload).encode())

            def log_message(self, format: str, *args: Any) -> None:
                """Nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@contextlib.contextmanager
def environment(**variables: str | None) -> Iterator[None]:
    """Variables as given, and without those that are None."""
    before = dict(os.environ)
    try:
        for name, value in variables.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


class ModelCase(unittest.TestCase):
    def setUp(self) -> None:
        self.server = ModelServer()
        self.addCleanup(self.server.close)
        settings = environment(
            OPENAI_BASE_URL=self.server.url, OPENAI_API_KEY="a key", DATAPIPELINE_LLM_MODEL="of the run"
        )
        settings.__enter__()
        self.addCleanup(settings.__exit__, None, None, None)

    def answer(self, *answers: Any) -> None:
        self.server.due += answers


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


class Failures(ModelCase):
    def failure(self) -> ModelCallFailed:
        with self.assertRaises(ModelCallFailed) as raised:
            chat("x")
        return raised.exception

    def test_a_refusal_has_status_code_and_message(self) -> None:
        for answer, expected in (
            (error("the budget is used up", "budget_exhausted"), ("budget_exhausted", "the budget is used up")),
            (error("no such model", None), ("invalid_request_error", "no such model")),
            ({"error": "model not found"}, ("error", "model not found")),
            ({"error": {}}, ("error", "the server gave no reason")),
            ({"detail": "x"}, ("error", 'the server refused the call: {"detail": "x"}')),
            (b"<html>Bad Gateway</html>", ("error", "the server refused the call: <html>Bad Gateway</html>")),
            (b"", ("error", "the server refused the call: it is empty")),
        ):
            with self.subTest(answer):
                self.answer((402, {"x-should-retry": "false"}, answer))
                failure = self.failure()
                self.assertEqual((failure.status, failure.code, failure.message), (402, *expected))
                self.assertEqual(str(failure), f"{expected[1]} (402 {expected[0]})")

    def test_only_what_asks_for_it_is_tried_again(self) -> None:
        again = (503, {"x-should-retry": "true", "retry-after-ms": "1"}, error("later", "busy"))
        self.answer(again, again, message("at last"))
        self.assertEqual(chat("x"), "at last")

        self.answer(again, again, again)
        self.assertEqual(self.failure().code, "busy")

        for status in (400, 408, 429, 500, 503):
            self.answer((status, {}, error("no", "no")))
            self.assertEqual(self.failure().status, status)
        self.assertEqual(len(self.server.requests), 3 + 3 + 5)

    def test_a_connection_that_breaks_before_the_answer_is_made_again(self) -> None:
        self.answer(Drop(), Drop(), message("at last"))
        self.assertEqual(chat("x"), "at last")

        self.answer(Drop(), Drop(), Drop())
        self.assertEqual(self.failure().code, "connection_failed")

    def test_an_answer_cut_short_is_no_answer(self) -> None:
        cut = (200, {"Content-Length": "1000"}, b'{"choices": [')
        self.answer(cut, cut, cut)

        self.assertEqual(self.failure().code, "connection_failed")

    def test_no_answer_in_time_is_not_paid_for_twice(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as silent:
            url = f"http://127.0.0.1:{silent.getsockname()[1]}/v1"
            with environment(OPENAI_BASE_URL=url), self.assertRaises(ModelCallFailed) as raised:
                chat("x", timeout=0.05)

        self.assertEqual((raised.exception.status, raised.exception.code), (0, "timeout"))

    def test_addresses(self) -> None:
        for url, code in (
            (f"http://127.0.0.1:{free_port()}/v1", "connection_failed"),
            ("ftp://127.0.0.1/v1", "invalid_base_url"),
            ("127.0.0.1", "invalid_base_url"),
            ("http://127.0.0.1:many/v1", "invalid_base_url"),
            ("http://[/v1", "invalid_base_url"),
            (f"https://127.0.0.1:{free_port()}/v1", "connection_failed"),
        ):
            with self.subTest(url), environment(OPENAI_BASE_URL=url):
                self.assertEqual(self.failure().code, code)
        with environment(OPENAI_BASE_URL=None, OPENAI_API_KEY=None):
            self.assertEqual(self.failure().code, "model_calls_unavailable")
        with environment(OPENAI_BASE_URL=f"{self.server.url}/?version=1"):
            self.answer(message("x"))
            chat("x")
        self.assertEqual(self.server.requests[-1]["path"], "/v1/chat/completions?version=1")

    def test_errors_pass_between_processes(self) -> None:
        failed = pickle.loads(pickle.dumps(ModelCallFailed(402, "budget_exhausted", "used up")))
        invalid = pickle.loads(pickle.dumps(ModelAnswerInvalid("no fit", "{}")))

        self.assertEqual((failed.status, failed.code, failed.message), (402, "budget_exhausted", "used up"))
        self.assertEqual((invalid.message, invalid.answer), ("no fit", "{}"))


class Module(unittest.TestCase):
    def test_the_http_client_is_imported_only_for_calls(self) -> None:
        program = "import sys; from datapipeline import SkipRecord; print('http.client' in sys.modules)"
        settings = os.environ | {"PYTHONPATH": str(ENGINE)}

        self.assertEqual(subprocess.check_output([sys.executable, "-c", program], env=settings, text=True), "False\n")

    def test_what_it_does_not_have_is_an_import_error(self) -> None:
        with self.assertRaises(ImportError):
            from datapipeline import nothing  # type: ignore[attr-defined]  # noqa: F401

    def test_it_says_that_it_is_typed(self) -> None:
        self.assertTrue((ENGINE / "datapipeline" / "py.typed").exists())


class InTheEngine(unittest.TestCase):
    SCRIPT = script("""
        from datapipeline import ModelCallFailed, SkipRecord, chat, embed

        def transform(record):
            if record.get("skip"):
                raise SkipRecord("not this one")
            record["answer"] = chat(record["question"])
            return record
    """)

    def test_a_script_calls_through_the_relay(self) -> None:
        def answer(call: Call) -> None:
            call.read_body()
            asked = json.loads(call.body)["messages"][0]["content"]
            if asked == "too dear":
                call.answer(json.dumps(error("the budget is used up", "budget_exhausted")).encode(), "402 Payment")
            else:
                call.answer(json.dumps(message(f"answer to {asked}")).encode())

        with EngineService() as engine:
            service = OutboundService(engine.folder)
            self.addCleanup(service.close)
            service.on("/v1/chat/completions", answer)
            port = free_port()
            variables = {
                "OPENAI_BASE_URL": f"http://127.0.0.1:{port}/v1",
                "OPENAI_API_KEY": "dpf-sandbox",
                "DATAPIPELINE_LLM_MODEL": "m",
            }
            engine.load(self.SCRIPT, outbound={"port": port, "environment": variables}, recordConcurrency=4)

            records = [{"question": "a"}, {"skip": True}, {"question": "too dear"}, {"question": "b"}]
            results = engine.run(records, base=40).results

        self.assertEqual([result.status for result in results], ["SUCCEEDED", "SKIPPED", "FAILED", "SUCCEEDED"])
        self.assertEqual((results[0].final["answer"], results[1].detail), ("answer to a", "not this one"))
        self.assertEqual(results[2].error["type"], "ModelCallFailed")
        self.assertEqual(results[2].error["message"], "the budget is used up (402 budget_exhausted)")
        self.assertEqual(sorted((call.record, call.stage) for call in service.calls), [(40, 0), (42, 0), (43, 0)])

    def test_without_outbound_a_call_says_what_is_missing(self) -> None:
        without = environment(OPENAI_BASE_URL=None, OPENAI_API_KEY=None, DATAPIPELINE_LLM_MODEL="m")
        with without, EngineService() as engine:
            engine.load(self.SCRIPT)
            failed = engine.run([{"question": "a"}]).results[0].error

        self.assertEqual(failed["type"], "ModelCallFailed")
        self.assertIn("choose an upstream for the run", failed["message"])

    def test_the_check_of_a_script_knows_the_module(self) -> None:
        with EngineService() as engine:
            self.assertEqual(engine.check(self.SCRIPT), [])

    def test_skip_record_is_the_one_that_needs_no_import(self) -> None:
        with EngineService() as engine:
            engine.load("import datapipeline\ndef transform(record):\n    raise datapipeline.SkipRecord('x')\n")
            self.assertEqual(engine.run([{}]).statuses, ["SKIPPED"])
        self.assertEqual(SkipRecord.__name__, "SkipRecord")

    def test_the_command_line_calls_with_the_environment_of_its_caller(self) -> None:
        server = ModelServer()
        self.addCleanup(server.close)
        server.due += [message("Paris")]
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "ask.py").write_text(self.SCRIPT)
            (folder / "pipeline.json").write_text(json.dumps({"steps": [{"name": "ask", "main": "ask.py"}]}))
            (folder / "data.json").write_text(json.dumps([{"question": "Capital?"}]))
            settings = os.environ | {
                "PYTHONPATH": str(ENGINE),
                "OPENAI_BASE_URL": server.url,
                "OPENAI_API_KEY": "my own",
                "DATAPIPELINE_LLM_MODEL": "mine",
            }
            command = [sys.executable, "-m", "pipeline_engine", "--final", "pipeline.json", "data.json"]
            printed = subprocess.check_output(command, cwd=folder, env=settings, text=True, stderr=subprocess.DEVNULL)

        self.assertEqual(json.loads(printed)["answer"], "Paris")
        self.assertEqual(server.headers[0]["authorization"], "Bearer my own")


if __name__ == "__main__":
    unittest.main()
