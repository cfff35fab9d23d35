"""One request and its answer over a connection of its own.

A connection for each request costs a millisecond, and saves the question whether the service has closed one that was
kept: a request that was sent over such a connection may or may not have been acted on.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from selectors import EVENT_READ, DefaultSelector
from typing import Any, NamedTuple

from datapipeline_client.errors import AnswerLost, ServiceUnreachable
from datapipeline_client.http.address import Address, Proxy, proxy_for
from datapipeline_client.http.bodies import PIECE, Body

_CONNECT_SECONDS = 10
_LONGEST_PROBLEM = 4 * 1024 * 1024


class Request(NamedTuple):
    """`repeatable`: sent twice, it has the same effect as sent once."""

    method: str
    target: str
    headers: dict[str, str]
    body: Body | None = None
    repeatable: bool = False


class Answer:
    """The head of an answer, and its body as a stream. Reading raises AnswerLost when the body ends too early."""

    def __init__(self, connection: HTTPConnection, response: HTTPResponse, address: Address) -> None:
        self.status = response.status
        self._connection = connection
        self._response = response
        self._address = address

    def header(self, name: str) -> str | None:
        return self._response.getheader(name)

    def pieces(self) -> Iterator[bytes]:
        while piece := self._reading(lambda: self._response.read(PIECE)):
            yield piece
        if self._response.length:
            raise AnswerLost(f"The connection to {self._address.url} broke before the end of the answer.")

    def lines(self) -> Iterator[bytes]:
        """Lines without their end; the last one may be without an end."""
        rest = b""
        for piece in self.pieces():
            lines = (rest + piece).split(b"\n")
            rest = lines.pop()
            yield from lines
        if rest:
            yield rest

    def read(self) -> bytes:
        return b"".join(self.pieces())

    def problem(self) -> dict[str, Any]:
        """The problem document of an error, or what stands in for one where a proxy has answered."""
        text = self._reading(lambda: self._response.read(_LONGEST_PROBLEM))
        try:
            problem = json.loads(text)
        except ValueError:
            problem = None
        if isinstance(problem, dict) and problem:
            return problem
        where = self.header("Location")
        hint = f" It sends to {where}: use that address." if where else ""
        return {"status": self.status, "title": f"{self._address.url} answered with status {self.status}.{hint}"}

    def close(self) -> None:
        self._response.close()
        self._connection.close()

    def _reading(self, read: Callable[[], bytes]) -> bytes:
        try:
            return read()
        except (OSError, HTTPException) as problem:
            raise AnswerLost(f"The connection to {self._address.url} broke: {_reason(problem)}") from problem


def exchange(address: Address, request: Request, timeout: float, on_sent: Callable[[int], None]) -> Answer:
    """Sends the request and returns the answer, whatever its status.

    timeout is the longest silence of the service in seconds; on_sent is told the bytes of the body sent so far.
    Raises ServiceUnreachable when there was no connection, and AnswerLost when it broke later.
    """
    proxy = proxy_for(address)
    connection = _connect(address, proxy)
    try:
        if connection.sock is not None:
            connection.sock.settimeout(timeout)
        if proxy is not None and not address.is_encrypted:
            # A proxy is asked for the whole address, and opens a tunnel for encrypted connections only.
            request = request._replace(
                target=address.url + request.target, headers={**request.headers, **proxy.headers}
            )
        else:
            request = request._replace(target=address.prefix + request.target)
        _send_head(connection, address, request)
        if request.body is not None:
            _send_body(connection, request.body, is_encrypted=address.is_encrypted, on_sent=on_sent)
        try:
            return Answer(connection, connection.getresponse(), address)
        except (OSError, HTTPException) as problem:
            raise AnswerLost(f"{address.url} did not answer: {_reason(problem)}") from problem
    except BaseException:
        connection.close()
        raise


def _connect(address: Address, proxy: Proxy | None) -> HTTPConnection:
    kind = HTTPSConnection if address.is_encrypted else HTTPConnection
    near = proxy or address
    connection = kind(near.host, near.port, timeout=_CONNECT_SECONDS)
    if proxy is not None and address.is_encrypted:
        connection.set_tunnel(address.host, address.port, proxy.headers)
    try:
        connection.connect()
    except (OSError, HTTPException) as problem:
        connection.close()
        through = f" through the proxy {proxy.host}:{proxy.port}" if proxy else ""
        raise ServiceUnreachable(f"{address.url} cannot be reached{through}: {_reason(problem)}") from problem
    return connection


def _send_head(connection: HTTPConnection, address: Address, request: Request) -> None:
    body = request.body
    try:
        connection.putrequest(request.method, request.target, skip_accept_encoding=True)
        for name, value in request.headers.items():
            connection.putheader(name, value)
        connection.putheader("Connection", "close")
        if body is not None:
            connection.putheader("Content-Type", body.content_type)
            length = ("Transfer-Encoding", "chunked") if body.length is None else ("Content-Length", str(body.length))
            connection.putheader(*length)
        elif request.method != "GET":
            connection.putheader("Content-Length", "0")
        connection.endheaders()
    except OSError as problem:
        raise AnswerLost(f"The connection to {address.url} broke: {_reason(problem)}") from problem


def _send_body(connection: HTTPConnection, body: Body, *, is_encrypted: bool, on_sent: Callable[[int], None]) -> None:
    """Ends early where the service has answered already or has closed the connection: its answer says why.

    The iterator of the body is outside of what is caught here, as its own errors are the caller's.
    """
    is_chunked = body.length is None
    sent = 0
    with DefaultSelector() as selector:
        # TLS sends messages of its own, so that something to read is no sign of an answer there.
        if connection.sock is not None and not is_encrypted:
            selector.register(connection.sock, EVENT_READ)
        for piece in filter(None, body.pieces()):
            framed = b"%x\r\n%b\r\n" % (len(piece), piece) if is_chunked else piece
            if selector.select(0) or not _sent(connection, framed):
                return
            sent += len(piece)
            on_sent(sent)
    if is_chunked:
        _sent(connection, b"0\r\n\r\n")


def _sent(connection: HTTPConnection, content: bytes) -> bool:
    try:
        connection.send(content)
    except OSError:
        return False
    return True


def _reason(problem: Exception) -> str:
    return getattr(problem, "strerror", None) or str(problem) or type(problem).__name__
