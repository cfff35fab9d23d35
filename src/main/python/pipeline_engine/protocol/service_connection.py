"""The engine's end of the socket to the service.

The connection never blocks: what cannot be written now waits in a queue while reading continues, so the two sides
cannot deadlock. The length of a frame is checked before anything is allocated for it.
"""

from collections import deque
from collections.abc import Callable, Iterator
from itertools import islice
from socket import socket

from pipeline_engine.protocol.frames import FRAME_HEADER, Frame, FrameType, incoming_type

_BUFFERS_PER_SEND = 64


class ConnectionClosed(Exception):
    """The service has closed the connection; the engine ends."""


class ServiceConnection:
    """Reads and writes frames. `pending_bytes` is the length of the queue.

    `buffer_for(type, length)` returns where a payload of that many bytes goes, or raises ProtocolViolation.
    """

    def __init__(self, channel: socket, buffer_for: Callable[[FrameType, int], memoryview]) -> None:
        channel.setblocking(False)
        self._channel = channel
        self._buffer_for = buffer_for
        self._header = bytearray(FRAME_HEADER.size)
        self._type: FrameType | None = None
        self._target = memoryview(self._header)
        self._filled = 0
        self._outgoing: deque[memoryview] = deque()
        self.pending_bytes = 0

    def fileno(self) -> int:
        return self._channel.fileno()

    def close(self) -> None:
        self._channel.close()

    def receive(self) -> Iterator[Frame]:
        """Yield the frames received so far; raises ConnectionClosed and ProtocolViolation."""
        while self._fill():
            if self._type is None:
                found, length = incoming_type(self._header)
                self._expect(found, self._buffer_for(found, length))
                continue
            frame = Frame(self._type, self._target)
            self._expect(None, memoryview(self._header))
            yield frame

    def _expect(self, kind: FrameType | None, target: memoryview) -> None:
        self._type = kind
        self._target = target
        self._filled = 0

    def _fill(self) -> bool:
        while self._filled < len(self._target):
            try:
                got = self._channel.recv_into(self._target[self._filled :])
            except (BlockingIOError, InterruptedError):
                return False
            except OSError as problem:
                raise ConnectionClosed(str(problem)) from None
            if not got:
                raise ConnectionClosed("closed by the service")
            self._filled += got
        return True

    def send(self, kind: FrameType, payload: bytes | bytearray | memoryview = b"") -> None:
        """Queue one frame and write as much as the socket accepts. The payload must not change afterwards."""
        self._outgoing.append(memoryview(FRAME_HEADER.pack(len(payload), kind)))
        if payload:
            self._outgoing.append(memoryview(payload))
        self.pending_bytes += FRAME_HEADER.size + len(payload)
        self.flush()

    def flush(self) -> None:
        """Write as much as the socket accepts; raises ConnectionClosed."""
        while self._outgoing:
            try:
                sent = self._channel.sendmsg(list(islice(self._outgoing, _BUFFERS_PER_SEND)))
            except (BlockingIOError, InterruptedError):
                return
            except OSError as problem:
                raise ConnectionClosed(str(problem)) from None
            self._forget(sent)

    def _forget(self, sent: int) -> None:
        self.pending_bytes -= sent
        while sent:
            first = self._outgoing[0]
            if sent < len(first):
                self._outgoing[0] = first[sent:]
                return
            sent -= len(first)
            self._outgoing.popleft()
