"""The service behind the relay, for tests: what it does with a call is scripted by the path of the request."""

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Callable
from pathlib import Path

PATIENCE = 30.0
WAITS, WENT_UP, HTTP_FOLLOWS, CONTINUE = b"\1", b"\2", b"\3", b"\4"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def response(body: bytes, status: str = "200 OK", headers: str = "") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n{headers}"
    return f"{head}Connection: close\r\n\r\n".encode() + body


class Call:
    """One connection from the relay, as far as it has been read."""

    def __init__(self, channel: socket.socket) -> None:
        self.channel = channel
        self.record = self.stage = -2
        self.token = b""
        self.head = b""
        self.body = b""
        self.ended_at: float | None = None

    @property
    def path(self) -> str:
        return self.head.split(b" ", 2)[1].decode()

    def read_preamble(self) -> None:
        version, self.token, self.record, self.stage = struct.unpack(">B16sqh", self._exactly(27))
        if version != 2:
            raise AssertionError(f"preamble of version {version}")

    def read_head(self) -> None:
        while b"\r\n\r\n" not in self.head:
            self.head += self._exactly(1)

    def read_body(self) -> None:
        for line in self.head.split(b"\r\n"):
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                self.body = self._exactly(int(value))

    def _exactly(self, size: int) -> bytes:
        data = bytearray()
        while len(data) < size:
            piece = self.channel.recv(min(size - len(data), 1 << 20))
            if not piece:
                raise ConnectionError("the relay has closed the connection")
            data += piece
        return bytes(data)

    def tell(self, signal: bytes) -> None:
        self.channel.sendall(signal)

    def answer(self, body: bytes = b"{}", status: str = "200 OK", headers: str = "") -> None:
        self.channel.sendall(HTTP_FOLLOWS + response(body, status, headers))

    def wait_for_end(self) -> None:
        """Until the relay closes its side."""
        while self.channel.recv(65_536):
            pass


Behaviour = Callable[[Call], object]


class OutboundService:
    """Listens beside the socket of an engine; a context manager. A path without a behaviour is answered with `{}`."""

    def __init__(self, folder: Path, backlog: int = 1024) -> None:
        self._behaviours: dict[str, Behaviour] = {}
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(str(folder / "outbound.sock"))
        (folder / "outbound.sock").chmod(0o666)
        self._listener.listen(backlog)
        self.calls: list[Call] = []
        self.open = self.most_open = 0
        self._changed = threading.Condition()
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def on(self, path: str, behaviour: Behaviour) -> None:
        """Do this with requests for the path, once they are read to the end of their head."""
        self._behaviours[path] = behaviour

    def _accept(self) -> None:
        while True:
            try:
                channel, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(Call(channel),), daemon=True).start()

    def _serve(self, call: Call) -> None:
        with self._changed:
            self.open += 1
            self.most_open = max(self.most_open, self.open)
        try:
            with contextlib.suppress(ConnectionError):
                call.read_preamble()
                call.read_head()
                with self._changed:
                    self.calls.append(call)
                    self._changed.notify_all()
                behaviour = self._behaviours.get(call.path, _answer)
                behaviour(call)
        finally:
            with self._changed:
                self.open -= 1
                call.ended_at = time.monotonic()
                self._changed.notify_all()
            # Not before: then the relay may connect the next one.
            call.channel.close()

    def wait_for_calls(self, count: int) -> list[Call]:
        """Until so many calls have been read to the end of their head."""
        self.wait_until(lambda: len(self.calls) >= count)
        return self.calls

    def wait_until(self, condition: Callable[[], bool]) -> None:
        with self._changed:
            if not self._changed.wait_for(condition, PATIENCE):
                raise AssertionError(f"{len(self.calls)} calls, {self.open} open")


def _answer(call: Call) -> None:
    call.read_body()
    call.answer()
