from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, Optional, TypeVar

from datapipeline_client.errors import AnswerLost, InvalidInput, ServiceUnreachable, refusal
from datapipeline_client.http.address import parse_address, target
from datapipeline_client.http.bodies import Body, JsonBody
from datapipeline_client.http.exchange import Answer, Request, exchange
from datapipeline_client.http.tries import Tries
from datapipeline_client.version import VERSION

T = TypeVar("T")
Query = Optional[dict[str, Any]]

# A service that never answered is probably not there; one that has answered is probably starting again.
_FIRST_CONTACT_SECONDS = 2.0
# The service refuses with these before it does anything; a quota that is used up has no time after which to come again.
_TOO_MANY = 429
_NOT_NOW = (_TOO_MANY, 503)
# A proxy says these where the service may or may not have acted.
_PERHAPS = (502, 504)
_NOT_MODIFIED = 304


def read_json(answer: Answer) -> Any:
    text = answer.read()
    try:
        return json.loads(text) if text else None
    except ValueError:
        start = text[:60].decode(errors="replace")
        raise ServiceUnreachable(f"What answers there is another service; its answer begins with {start!r}.") from None


class Service:
    """Sends requests to one service, and sends them again where that is safe. Threads may share it.

    Safe is what was never received (no connection, 429, 503), and what may be received twice (GET, PATCH, whatever has
    an idempotency key). patience is for how many seconds a request is repeated, timeout the longest silence.
    """

    def __init__(
        self,
        url: str,
        api_key: str | None = None,
        project: str | None = None,
        *,
        patience: float = 300,
        timeout: float = 300,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.address = parse_address(url)
        self._headers = {"User-Agent": f"datapipeline-client/{VERSION}"}
        if api_key:
            self._headers["Authorization"] = f"Bearer {_in_header(api_key, 'An API key')}"
        if project:
            self._headers["X-Project"] = _in_header(project, "A project, unless it is named by its id,")
        self._patience = patience
        self._timeout = timeout
        self._sleep = sleep
        self._clock = clock
        self._has_answered = False

    def get(self, path: str, query: Query = None) -> Any:
        return self.send(self._request("GET", path, query), read_json)

    def get_if_changed(self, path: str, etag: str | None) -> tuple[Any, str | None]:
        """The document and its ETag; the document is None where the ETag is still valid."""
        request = self._request("GET", path, headers={"If-None-Match": etag} if etag else {})
        return self.send(request, lambda answer: (read_json(answer), answer.header("ETag") or etag))

    def post(self, path: str, value: Any = None, *, repeatable: bool = False) -> Any:
        body = None if value is None else JsonBody(value)
        return self.send(self._request("POST", path, body=body, repeatable=repeatable), read_json)

    def put(self, path: str, value: Any, query: Query = None) -> Any:
        return self.send(self._request("PUT", path, query, body=JsonBody(value)), read_json)

    def patch(self, path: str, value: Any) -> Any:
        return self.send(self._request("PATCH", path, body=JsonBody(value), repeatable=True), read_json)

    def delete(self, path: str) -> None:
        self.send(self._request("DELETE", path), Answer.read)

    def create(
        self, path: str, body: Body, query: Query = None, on_sent: Callable[[int], None] = lambda sent: None
    ) -> Any:
        """A POST with an idempotency key: it makes one thing, however often it has to be sent."""
        headers = {"Idempotency-Key": str(uuid.uuid4())}
        return self.send(self._request("POST", path, query, headers, body, repeatable=True), read_json, on_sent)

    def download(self, path: str, query: Query, take: Callable[[Answer], T]) -> T:
        """What take makes of the answer; it is called again, with an answer from the start, where one breaks off."""
        return self.send(self._request("GET", path, query), take)

    def pieces(self, path: str, query: Query) -> Iterator[bytes]:
        """An answer as it comes; AnswerLost where it breaks off, as what was given cannot be taken back."""
        answer = self._accepted(self._request("GET", path, query), self._tries())
        try:
            yield from answer.pieces()
        finally:
            answer.close()

    def lines(self, path: str, query: Query, may_resume: Callable[[], bool]) -> Iterator[bytes]:
        """The lines of an answer. Where it breaks off, the next one, if it is the same, is read to the same place."""
        request = self._request("GET", path, query)
        tries = self._tries()
        taken = 0
        while True:
            answer = self._accepted(request, tries)
            try:
                for line in islice(answer.lines(), taken, None):
                    taken += 1
                    tries.renew()
                    yield line
                return
            except AnswerLost:
                if not tries.wait() or not may_resume():
                    raise
            finally:
                answer.close()

    def send(
        self, request: Request, take: Callable[[Answer], T], on_sent: Callable[[int], None] = lambda sent: None
    ) -> T:
        """What take makes of the answer. Raises RequestRefused for an error of the service, and ServiceUnreachable."""
        tries = self._tries()
        while True:
            answer = self._accepted(request, tries, on_sent)
            try:
                return take(answer)
            except AnswerLost:
                if not request.repeatable or not tries.wait():
                    raise
            finally:
                answer.close()

    def _accepted(self, request: Request, tries: Tries, on_sent: Callable[[int], None] = lambda sent: None) -> Answer:
        while True:
            try:
                answer = exchange(self.address, request, self._timeout, on_sent)
            except ServiceUnreachable as problem:
                is_lost = isinstance(problem, AnswerLost) and not request.repeatable
                if is_lost or not tries.wait():
                    raise
                continue
            self._has_answered = True
            if answer.status < 300 or answer.status == _NOT_MODIFIED:
                return answer
            error = _problem_of(answer)
            pause = _pause_before_repeating(answer, request)
            if pause is None or not tries.wait(pause):
                raise refusal(answer.status, error)

    def _request(
        self,
        method: str,
        path: str,
        query: Query = None,
        headers: dict[str, str] | None = None,
        body: Body | None = None,
        *,
        repeatable: bool = False,
    ) -> Request:
        everything = {**self._headers, **(headers or {})}
        return Request(method, target(path, query), everything, body, repeatable or method == "GET")

    def _tries(self) -> Tries:
        return Tries(self._longest_wait, self._sleep, self._clock)

    def _longest_wait(self) -> float:
        return self._patience if self._has_answered else min(self._patience, _FIRST_CONTACT_SECONDS)


def _in_header(text: str, what: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    raise InvalidInput(f"{what} can have letters without accents, digits and punctuation only.")


def _problem_of(answer: Answer) -> dict[str, Any]:
    try:
        return answer.problem()
    finally:
        answer.close()


def _pause_before_repeating(answer: Answer, request: Request) -> float | None:
    """Seconds, at least, before the request may be sent again; None where it may not, or where that does not help."""
    after = answer.header("Retry-After") or ""
    if answer.status == _TOO_MANY and not after:
        return None
    if answer.status in _NOT_NOW or (request.repeatable and answer.status in _PERHAPS):
        return float(after) if after.isdigit() else 0
    return None
