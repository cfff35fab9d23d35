"""A server that answers each connection as a test says, with the means of a broken network as well."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from typing import NamedTuple

_LONGEST_WAIT = 20


class Received(NamedTuple):
    head: str
    body: bytes

    @property
    def request_line(self) -> str:
        return self.head.split("\r\n", 1)[0]

    def header(self, name: str) -> str | None:
        for line in self.head.split("\r\n")[1:]:
            key, _, value = line.partition(": ")
            if key.lower() == name.lower():
                return value
        return None


Reply = Callable[[socket.socket], None]


def answer(status: int, body: bytes = b"{}", **headers: object) -> Reply:
    """An answer that is whole."""
    more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    head = f"HTTP/1.1 {status} Said\r\nContent-Length: {len(body)}\r\n{more}\r\n".encode()
    return lambda connection: connection.sendall(head + body)


def cut_off(body: bytes, announced: int) -> Reply:
    """An answer whose connection ends before the announced number of bytes."""
    head = f"HTTP/1.1 200 Said\r\nContent-Length: {announced}\r\n\r\n".encode()
    return lambda connection: connection.sendall(head + body)


def hang_up(connection: socket.socket) -> None:
    """The connection ends without an answer."""


class ScriptedServer:
    """Each connection gets the next reply. With `early`, it comes before the body of the request was read."""

    def __init__(self, *replies: Reply, early: bool = False) -> None:
        self.received: list[Received] = []
        self._replies = list(replies)
        self._early = early
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.settimeout(_LONGEST_WAIT)
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> ScriptedServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        # Ends a wait for the next connection, which close alone does not.
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(_LONGEST_WAIT)

    def _serve(self) -> None:
        for reply in self._replies:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(_LONGEST_WAIT)
                try:
                    self.received.append(self._read(connection))
                    reply(connection)
                except ConnectionError:
                    continue

    def _read(self, connection: socket.socket) -> Received:
        data = b""
        while b"\r\n\r\n" not in data:
            data += _more(connection)
        head, _, body = data.partition(b"\r\n\r\n")
        received = Received(head.decode(), body)
        if self._early:
            return received
        if received.header("Transfer-Encoding") == "chunked":
            while not body.endswith(b"0\r\n\r\n"):
                body += _more(connection)
            return Received(received.head, _unchunked(body))
        while len(body) < int(received.header("Content-Length") or 0):
            body += _more(connection)
        return Received(received.head, body)


def _more(connection: socket.socket) -> bytes:
    piece = connection.recv(1 << 16)
    if not piece:
        raise ConnectionError("the client has hung up")
    return piece


def _unchunked(body: bytes) -> bytes:
    content = b""
    while body:
        size, _, rest = body.partition(b"\r\n")
        length = int(size, 16)
        content += rest[:length]
        body = rest[length + 2 :]
    return content
