"""A server of models for tests, and what they share."""

import contextlib
import json
import os
import unittest
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

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
