"""One request to an OpenAI-compatible server, over a connection of its own: no state is shared by threads or forks."""

import http.client
import json
import os
import time
from typing import Any
from urllib.parse import SplitResult, urlsplit

from datapipeline.errors import ModelCallFailed

DEFAULT_TIMEOUT = 600.0
"""Seconds without a byte of the answer."""

_OPENAI = "https://api.openai.com/v1"
_TRIES = 3
_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 60.0
_ANSWER_LIMIT = 64 << 20
_SHOWN = 500


def default_model() -> str:
    """The model of calls that name none; raises ValueError if there is no such model."""
    model = os.environ.get("DATAPIPELINE_LLM_MODEL")
    if not model:
        raise ValueError("name a model, as in model='gpt-4o-mini', or choose one for the run")
    return model


def post(path: str, body: dict[str, Any], timeout: float) -> Any:
    """The JSON that the server answers; raises ModelCallFailed.

    Tries again only if the server asks for it, or if the connection breaks before there is an answer: back-off and
    rate limits are the gateway's part.
    """
    server = _server()
    target = server.path.rstrip("/") + path + (f"?{server.query}" if server.query else "")
    payload = json.dumps(body, ensure_ascii=False).encode("utf-8", "surrogatepass")
    for number in range(1, _TRIES + 1):
        try:
            status, headers, answer = _exchange(server, target, payload, timeout)
        except TimeoutError:
            raise ModelCallFailed(0, "timeout", f"no answer came within {timeout:g} s") from None
        except (ConnectionError, http.client.HTTPException) as problem:
            if number == _TRIES:
                raise ModelCallFailed(0, "connection_failed", f"the connection broke: {problem!r}") from None
            pause = _FIRST_PAUSE * number
        except OSError as problem:
            raise ModelCallFailed(0, "connection_failed", f"no connection to {server.netloc}: {problem}") from None
        else:
            if 200 <= status < 300:
                return _parsed(status, answer)
            if headers.get("x-should-retry") != "true" or number == _TRIES:
                raise _failure(status, answer)
            pause = _pause_asked_for(headers)
        time.sleep(pause)
    raise AssertionError("the last try returns or raises")


def _server() -> SplitResult:
    """Where calls go; its port is a number or missing."""
    base = os.environ.get("OPENAI_BASE_URL") or (_OPENAI if os.environ.get("OPENAI_API_KEY") else None)
    if base is not None:
        return _checked(base)
    raise ModelCallFailed(
        0,
        "model_calls_unavailable",
        "model calls are not set up here: choose an upstream for the run; on your own machine set OPENAI_API_KEY, "
        "or OPENAI_BASE_URL for a server of your own",
    )


def _checked(base: str) -> SplitResult:
    try:
        server = urlsplit(base)
        if server.scheme in ("http", "https") and server.hostname and server.port != 0:
            return server
    except ValueError:
        # A host or a port that is none.
        pass
    raise ModelCallFailed(0, "invalid_base_url", f"OPENAI_BASE_URL is no address of a server: {base}")


def _exchange(
    server: SplitResult, target: str, payload: bytes, timeout: float
) -> tuple[int, http.client.HTTPMessage, bytes]:
    kind = http.client.HTTPSConnection if server.scheme == "https" else http.client.HTTPConnection
    connection = kind(str(server.hostname), server.port, timeout=timeout)
    headers = {
        "Content-Type": "application/json",
        "Authorization": f"Bearer {os.environ.get('OPENAI_API_KEY', '')}",
        "Connection": "close",
        "X-Stainless-Read-Timeout": f"{timeout:g}",
    }
    try:
        connection.request("POST", target, payload, headers)
        with connection.getresponse() as response:
            answer = response.read(_ANSWER_LIMIT + 1)
            if len(answer) > _ANSWER_LIMIT:
                message = f"the answer has more than {_ANSWER_LIMIT} bytes"
                raise ModelCallFailed(response.status, "answer_too_large", message)
            if response.length:
                raise http.client.IncompleteRead(answer, response.length)
            return response.status, response.headers, answer
    finally:
        connection.close()


def _parsed(status: int, answer: bytes) -> Any:
    try:
        return json.loads(answer)
    except ValueError:
        raise ModelCallFailed(status, "invalid_answer", f"the answer is not JSON: {_beginning(answer)}") from None


def _failure(status: int, answer: bytes) -> ModelCallFailed:
    """From `{"error": {"message", "type", "code"}}`, as OpenAI answers, or from whatever else was sent."""
    try:
        error = json.loads(answer)["error"]
    except (ValueError, KeyError, TypeError):
        error = None
    if isinstance(error, str):
        return ModelCallFailed(status, "error", error)
    if not isinstance(error, dict):
        return ModelCallFailed(status, "error", f"the server refused the call: {_beginning(answer)}")
    code = error.get("code") or error.get("type") or "error"
    return ModelCallFailed(status, str(code), str(error.get("message") or "the server gave no reason"))


def _beginning(answer: bytes) -> str:
    return answer[:_SHOWN].decode(errors="replace") or "it is empty"


def _pause_asked_for(headers: http.client.HTTPMessage) -> float:
    for name, factor in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            return min(max(float(headers.get(name, "")) * factor, 0.0), _LONGEST_PAUSE)
        except ValueError:
            continue
    return _FIRST_PAUSE
