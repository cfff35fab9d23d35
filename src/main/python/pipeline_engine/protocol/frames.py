"""Frames over the socket to the service: `u32 length | u8 type | payload`.

The connection never blocks: what cannot be written now waits in a queue while reading goes on, so that
neither side can hold up the other. Lengths are checked before anything is allocated for them.
"""

import struct
from collections import deque
from collections.abc import Callable, Iterator
from itertools import islice
from socket import socket
from typing import NamedTuple

from pipeline_engine.channels.shared_memory import INPUT_AREA_BYTES, MEBIBYTE

HELLO = b"H"
PIPELINE = b"P"
LOADED = b"L"
REFUSED = b"X"
BATCH = b"B"
INPUT = b"I"
WANT = b"W"
RESULTS = b"R"
LOG = b"G"
DONE = b"D"
CHECK = b"C"
CHECKED = b"K"

HEADER = struct.Struct(">Ic")
BATCH_PAYLOAD = struct.Struct(">QI")

INCOMING_LIMITS = {
    PIPELINE: INPUT_AREA_BYTES,
    BATCH: BATCH_PAYLOAD.size,
    INPUT: INPUT_AREA_BYTES,
    CHECK: MEBIBYTE,
}

_BUFFERS_PER_SEND = 64


class ProtocolViolation(Exception):
    """The service sent what the protocol does not allow at that point."""


class ConnectionClosed(Exception):
    """The service is gone; the sandbox has no reason to live on."""


class Frame(NamedTuple):
    """A whole frame; `payload` is a view of the buffer that was chosen for it."""

    kind: bytes
    payload: memoryview


class ServiceConnection:
    """The engine's end of the socket.

    `buffer_for(kind, length)` chooses where a payload goes and may refuse by raising ProtocolViolation.
    """

    def __init__(self, channel: socket, buffer_for: Callable[[bytes, int], memoryview]) -> None:
        channel.setblocking(False)
        self._channel = channel
        self._buffer_for = buffer_for
        self._header = bytearray(HEADER.size)
        self._kind = b""
        self._target = memoryview(self._header)
        self._filled = 0
        self._outgoing: deque[memoryview] = deque()
        self.pending_bytes = 0

    def fileno(self) -> int:
        return self._channel.fileno()

    def close(self) -> None:
        self._channel.close()

    def receive(self) -> Iterator[Frame]:
        """Yield the frames that are there, then return; raises ConnectionClosed and ProtocolViolation."""
        while self._fill():
            if not self._kind:
                length, kind = HEADER.unpack(self._header)
                if length > INCOMING_LIMITS.get(kind, -1):
                    raise ProtocolViolation(f"frame {kind!r} of {length} bytes")
                self._expect(kind, self._buffer_for(kind, length))
                continue
            frame = Frame(self._kind, self._target)
            self._expect(b"", memoryview(self._header))
            yield frame

    def _expect(self, kind: bytes, target: memoryview) -> None:
        self._kind = kind
        self._target = target
        self._filled = 0

    def _fill(self) -> bool:
        """Read into the target; true once it is full, false when there is no more for now."""
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

    def send(self, kind: bytes, payload: bytes | bytearray | memoryview = b"") -> None:
        """Queue one frame and write what the socket takes at once. The payload must not change afterwards."""
        self._outgoing.append(memoryview(HEADER.pack(len(payload), kind)))
        if payload:
            self._outgoing.append(memoryview(payload))
        self.pending_bytes += HEADER.size + len(payload)
        self.flush()

    def flush(self) -> None:
        """Write what the socket takes; raises ConnectionClosed."""
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
