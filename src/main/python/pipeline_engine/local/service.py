"""The service's end of the protocol, as far as running a pipeline from the command line needs it."""

import json
import socket
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

from pipeline_engine.protocol import frames
from pipeline_engine.protocol.result_records import DESCRIPTOR, FAILED, HEADER, LENGTH_BYTES, SKIPPED
from pipeline_engine.channels.shared_memory import MEBIBYTE


class Refused(Exception):
    """The engine cannot run the pipeline, or has gone away."""


class Outcome(NamedTuple):
    """What became of a record: ordinals and JSON of its stages' values, and why there are no more."""

    values: list[tuple[int, str]]
    error: dict[str, Any] | None
    skipped: str | None


class LocalService:
    """Speaks to one engine over a socket; blocks."""

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self._stream = channel.makefile("rb")
        self._expect(frames.HELLO)

    def load(self, pipeline: dict[str, Any]) -> None:
        """Send the pipeline; raises Refused with what is wrong with its scripts."""
        self._send(frames.PIPELINE, json.dumps(pipeline).encode())
        kind, payload = self._receive()
        if kind == frames.REFUSED:
            error = json.loads(payload)
            place = f"{error['script']}: " if error["script"] else ""
            traceback = f"\n{error['traceback']}" if error["traceback"] else ""
            raise Refused(f"{place}{error['type']}: {error['message']}{traceback}")

    def run(self, first: int, records: list[str]) -> Iterator[Outcome]:
        """The outcomes of one batch in input order; what scripts print goes to standard error."""
        chunks = _chunks(records)
        self._send(frames.BATCH, frames.BATCH_PAYLOAD.pack(first, len(records)))
        self._send(frames.INPUT, next(chunks))
        while True:
            kind, payload = self._receive()
            if kind == frames.DONE:
                return
            if kind == frames.WANT:
                self._send(frames.INPUT, next(chunks))
            elif kind == frames.LOG:
                sys.stderr.write(payload.decode())
            elif kind == frames.RESULTS:
                yield from _parse(payload)

    def _send(self, kind: bytes, payload: bytes) -> None:
        self._channel.sendall(frames.HEADER.pack(len(payload), kind) + payload)

    def _receive(self) -> tuple[bytes, bytes]:
        header = self._stream.read(frames.HEADER.size)
        if len(header) < frames.HEADER.size:
            raise Refused("the engine has ended; is the pipeline definition complete, and every option in its range?")
        length, kind = frames.HEADER.unpack(header)
        return kind, self._stream.read(length)

    def _expect(self, kind: bytes) -> None:
        if self._receive()[0] != kind:
            raise Refused("the engine does not speak the protocol")


def _chunks(records: list[str]) -> Iterator[bytes]:
    chunk = bytearray()
    for record in records:
        line = record.encode("utf-8", "surrogatepass") + b"\n"
        if chunk and len(chunk) + len(line) > MEBIBYTE:
            yield bytes(chunk)
            chunk = bytearray()
        chunk += line
    yield bytes(chunk)


def _parse(block: bytes) -> Iterator[Outcome]:
    at = 0
    while at < len(block):
        length, _, status, count = HEADER.unpack_from(block, at)
        end = at + LENGTH_BYTES + length
        at += HEADER.size
        descriptors = list(DESCRIPTOR.iter_unpack(block[at : at + DESCRIPTOR.size * count]))
        at += DESCRIPTOR.size * count
        values = []
        for ordinal, _, size in descriptors:
            values.append((ordinal, block[at : at + size].decode()))
            at += size
        detail = json.loads(block[at:end]) if at < end else None
        yield Outcome(values, detail if status == FAILED else None, detail if status == SKIPPED else None)
        at = end
