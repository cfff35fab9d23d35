"""A stand-in for a model server. It speaks OpenAI's protocol, knows the capitals of some countries and nothing else.

No model runs here, and nothing leaves this machine: it shows what calls cost and how they wait, without an account.

usage: python3 stand_in_server.py --key-file FILE [--port N] [--requests-per-minute N] [--latency MILLISECONDS]
"""

import argparse
import base64
import hashlib
import hmac
import json
import re
import struct
import threading
import time
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from runpy import run_path

MODEL = "capitals-stand-in"
CAPITALS = run_path(str(Path(__file__).resolve().parents[1] / "capitals" / "check_capital.py"))["CAPITALS"]
STATEMENT = re.compile(r"The capital of (?P<country>[^.?]+?) is (?P<capital>[^.?]+)\.")
QUESTION = re.compile(r"capital of (?P<country>[^.?]+)\?")
BYTES_PER_TOKEN = 4
MOST_BYTES = 1 << 20


class Refused(Exception):
    """What OpenAI would answer with an error."""

    def __init__(self, status: int, code: str, message: str, retry_after: int | None = None):
        super().__init__(message)
        self.status = status
        self.code = code
        self.retry_after = retry_after


def judge(text: str) -> tuple[bool | None, str]:
    """Whether the statement in a text is true, None where that is not known; and a sentence about it."""
    statement = STATEMENT.search(text)
    asked = statement or QUESTION.search(text)
    if asked is None:
        return None, "I know the capitals of some countries and nothing else."
    country = asked["country"]
    if country not in CAPITALS:
        return None, f"I do not know the capital of {country}."
    is_true = statement is None or statement["capital"] == CAPITALS[country]
    return is_true, f"The capital of {country} is {CAPITALS[country]}."


def fill(schema: dict, is_true: bool | None, sentence: str) -> dict:
    """An object of the schema: truth in its booleans, the sentence in its strings."""
    values = {}
    for name, field in schema.get("properties", {}).items():
        kinds = [field.get("type")] if isinstance(field.get("type"), str) else field.get("type", [])
        if "boolean" in kinds:
            values[name] = is_true if "null" in kinds else bool(is_true)
        elif "string" in kinds:
            values[name] = sentence
        else:
            raise Refused(400, "unsupported_schema", f"The stand-in fills in booleans and strings only, not {name!r}.")
    return values


def text_of(message: dict) -> str:
    content = message.get("content") or ""
    return content if isinstance(content, str) else " ".join(part.get("text", "") for part in content)


def tokens_in(text: str) -> int:
    return -(-len(text.encode()) // BYTES_PER_TOKEN)


def complete(request: dict) -> dict:
    """Text, reason for its end and usage of an answer to a chat."""
    messages = request.get("messages") or []
    if not messages:
        raise Refused(400, "invalid_request", "The field 'messages' must hold a message.")
    is_true, text = judge(text_of(messages[-1]))
    format_ = request.get("response_format") or {}
    if format_.get("type") == "json_schema":
        text = json.dumps(fill(format_["json_schema"].get("schema", {}), is_true, text), ensure_ascii=False)
    elif format_.get("type", "text") != "text":
        raise Refused(400, "unsupported_format", "The stand-in writes text, or JSON for a schema.")
    most = request.get("max_completion_tokens") or request.get("max_tokens") or tokens_in(text)
    reason = "stop" if tokens_in(text) <= most else "length"
    text = text.encode()[: most * BYTES_PER_TOKEN].decode(errors="ignore")
    return {"text": text, "reason": reason, "usage": usage(sum(4 + tokens_in(text_of(it)) for it in messages), text)}


def usage(prompt: int, text: str = "") -> dict:
    return {"prompt_tokens": prompt, "completion_tokens": tokens_in(text), "total_tokens": prompt + tokens_in(text)}


def vector(text: str) -> list[float]:
    """Eight numbers from -1 to 1, always the same for a text. Texts that mean the same are not near to each other."""
    digest = hashlib.sha256(text.encode()).digest()
    return [number / (1 << 31) for number in struct.unpack("<8i", digest)]


def embed(request: dict) -> dict:
    texts = request.get("input") or []
    texts = [texts] if isinstance(texts, str) else texts
    data = []
    for index, text in enumerate(texts):
        numbers = vector(str(text))
        packed = request.get("encoding_format") == "base64"
        embedding = base64.b64encode(struct.pack("<8f", *numbers)).decode() if packed else numbers
        data.append({"object": "embedding", "index": index, "embedding": embedding})
    used = usage(sum(tokens_in(str(text)) for text in texts))
    return {"object": "list", "model": MODEL, "data": data, "usage": used}


class RateLimit:
    """So many requests in any minute."""

    def __init__(self, per_minute: int | None):
        self._per_minute = per_minute
        self._times: deque[float] = deque()
        self._lock = threading.Lock()

    def take(self) -> None:
        if self._per_minute is None:
            return
        now = time.monotonic()
        with self._lock:
            while self._times and self._times[0] <= now - 60:
                self._times.popleft()
            if len(self._times) >= self._per_minute:
                raise Refused(429, "rate_limit_exceeded", "Too many requests.", int(self._times[0] + 61 - now))
            self._times.append(now)


class StandIn(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, key: str, limit: RateLimit, latency: float):
        super().__init__(("127.0.0.1", port), Exchange)
        self.key = key
        self.limit = limit
        self.latency = latency


class Exchange(BaseHTTPRequestHandler):
    """The requests of one connection."""

    server: StandIn
    protocol_version = "HTTP/1.1"
    # Else the body waits for the client to acknowledge the head.
    wbufsize = -1

    def do_GET(self) -> None:
        self.handle_safely(self.get)

    def do_POST(self) -> None:
        self.handle_safely(self.post)

    def handle_safely(self, handle) -> None:
        try:
            body = self.rfile.read(self.length())
            self.check_key()
            handle(body)
        except Refused as refused:
            error = {"message": str(refused), "type": "invalid_request_error", "param": None, "code": refused.code}
            self.answer({"error": error}, refused.status, refused.retry_after)

    def length(self) -> int:
        length = int(self.headers.get("Content-Length") or 0)
        if length > MOST_BYTES or "Transfer-Encoding" in self.headers:
            self.close_connection = True
            raise Refused(413, "request_too_large", "Send at most 1 MB, with a Content-Length.")
        return length

    def check_key(self) -> None:
        expected = f"Bearer {self.server.key}".encode()
        if not hmac.compare_digest(self.headers.get("Authorization", "").encode(), expected):
            raise Refused(401, "invalid_api_key", "The API key is wrong.")

    def get(self, _body: bytes) -> None:
        if self.path != "/v1/models":
            raise Refused(404, "unknown_url", "There is nothing at this address.")
        model = {"id": MODEL, "object": "model", "created": 0, "owned_by": "stand-in"}
        self.answer({"object": "list", "data": [model]})

    def post(self, body: bytes) -> None:
        handlers = {"/v1/chat/completions": self.chat, "/v1/embeddings": lambda asked: self.answer(embed(asked))}
        if self.path not in handlers:
            raise Refused(404, "unknown_url", "There is nothing at this address.")
        try:
            request = json.loads(body)
            model = request["model"]
        except (ValueError, TypeError, KeyError):
            raise Refused(400, "invalid_request", "The body must be JSON that names a model.") from None
        if model != MODEL:
            raise Refused(404, "model_not_found", f"There is only the model {MODEL}.")
        self.server.limit.take()
        time.sleep(self.server.latency)
        handlers[self.path](request)

    def chat(self, request: dict) -> None:
        answer = complete(request)
        head = {"id": f"chatcmpl-{time.time_ns()}", "created": int(time.time()), "model": MODEL}
        if request.get("stream"):
            self.stream(head, answer, bool((request.get("stream_options") or {}).get("include_usage")))
            return
        message = {"role": "assistant", "content": answer["text"]}
        choice = {"index": 0, "message": message, "finish_reason": answer["reason"]}
        self.answer({"object": "chat.completion", **head, "choices": [choice], "usage": answer["usage"]})

    def stream(self, head: dict, answer: dict, with_usage: bool) -> None:
        """Sends the answer word by word."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for word in re.findall(r"\S+\s*", answer["text"]):
            self.event(head, [{"index": 0, "delta": {"content": word}, "finish_reason": None}])
        self.event(head, [{"index": 0, "delta": {}, "finish_reason": answer["reason"]}])
        if with_usage:
            self.event(head, [], usage=answer["usage"])
        self.chunk(b"data: [DONE]\n\n")
        self.chunk(b"")

    def event(self, head: dict, choices: list, **rest: dict) -> None:
        document = {"object": "chat.completion.chunk", **head, "choices": choices, **rest}
        self.chunk(f"data: {json.dumps(document, ensure_ascii=False)}\n\n".encode())

    def chunk(self, data: bytes) -> None:
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.wfile.flush()

    def answer(self, document: dict, status: int = 200, retry_after: int | None = None) -> None:
        body = json.dumps(document, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        if retry_after is not None:
            self.send_header("Retry-After", str(retry_after))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: the service that calls keeps the books."""


def main() -> None:
    parser = argparse.ArgumentParser(description="A stand-in for a model server that knows capitals and nothing else.")
    parser.add_argument("--key-file", type=Path, required=True, help="file with the key that requests must carry")
    parser.add_argument("--port", type=int, default=0, help="port of 127.0.0.1 to listen on; a free one by default")
    parser.add_argument("--requests-per-minute", type=int, help="answer 429 beyond so many")
    parser.add_argument("--latency", type=int, default=40, help="milliseconds that an answer takes (40)")
    given = parser.parse_args()
    limit = RateLimit(given.requests_per_minute)
    server = StandIn(given.port, given.key_file.read_text().strip(), limit, given.latency / 1000)
    print(f"The stand-in for a model listens at http://127.0.0.1:{server.server_port}/v1", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
