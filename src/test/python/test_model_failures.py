"""Calls of models that fail, and the module `datapipeline` where scripts run."""

import json
import os
import pickle
import socket
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from model_case import Drop, ModelCase, ModelServer, environment, error, message

from datapipeline import ModelAnswerInvalid, ModelCallFailed, SkipRecord, chat

from engine_service import ENGINE, EngineService, script
from outbound_service import Call, OutboundService, free_port


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
