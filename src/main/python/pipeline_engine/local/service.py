import json
import socket
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from pipeline_engine.protocol.changes import CHANGE, joined_values
from pipeline_engine.protocol.frames import BATCH_PAYLOAD, FRAME_HEADER, FrameType
from pipeline_engine.protocol.limits import MEBIBYTE
from pipeline_engine.protocol.result_records import DESCRIPTOR, FAILED, HEADER, LENGTH_BYTES, SKIPPED


class Refused(Exception):
    """The engine cannot run the pipeline, or has gone away."""


class Outcome(NamedTuple):
    """The outcome of a record: ordinal and JSON of each value, and the error or the reason of a skip."""

    values: list[tuple[int, str]]
    error: dict[str, Any] | None
    skipped: str | None


class LocalService:
    """Speaks to one engine over a socket; blocks."""

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self._stream = channel.makefile("rb")
        self._expect(FrameType.HELLO)

    def load(self, pipeline: dict[str, Any]) -> None:
        """Send the pipeline; raises Refused with what is wrong with its scripts."""
        self._send(FrameType.PIPELINE, json.dumps(pipeline).encode())
        answer, payload = self._receive()
        if answer is FrameType.REFUSED:
            error = json.loads(payload)
            place = f"{error['script']}: " if error["script"] else ""
            traceback = f"\n{error['traceback']}" if error["traceback"] else ""
            raise Refused(f"{place}{error['type']}: {error['message']}{traceback}")

    def run(self, first: int, records: list[str]) -> Iterator[Outcome]:
        """The outcomes of one batch in input order; what scripts print goes to standard error."""
        chunks = _chunks(records)

        def send_next(_: bytes = b"") -> Iterable[Outcome]:
            self._send(FrameType.INPUT, next(chunks))
            return ()

        handlers: dict[FrameType, Callable[[bytes], Iterable[Outcome]]] = {
            FrameType.WANT: send_next,
            FrameType.LOG: _show_log,
            FrameType.RESULTS: lambda block: _parse(block, records),
        }
        self._send(FrameType.BATCH, BATCH_PAYLOAD.pack(first, len(records)))
        send_next()
        while True:
            kind, payload = self._receive()
            if kind is FrameType.DONE:
                return
            if kind not in handlers:
                raise Refused(f"the engine sent {kind.name} during a batch")
            yield from handlers[kind](payload)

    def _send(self, kind: FrameType, payload: bytes) -> None:
        self._channel.sendall(FRAME_HEADER.pack(len(payload), kind) + payload)

    def _receive(self) -> tuple[FrameType, bytes]:
        header = self._stream.read(FRAME_HEADER.size)
        if len(header) < FRAME_HEADER.size:
            raise Refused("the engine has ended; is the pipeline definition complete, and every option in its range?")
        length, code = FRAME_HEADER.unpack(header)
        return FrameType(code), self._stream.read(length)

    def _expect(self, kind: FrameType) -> None:
        if self._receive()[0] is not kind:
            raise Refused("the engine does not speak the protocol")


def _show_log(text: bytes) -> Iterable[Outcome]:
    sys.stderr.write(text.decode())
    return ()


def _chunks(records: list[str]) -> Iterator[bytes]:
    chunk = bytearray()
    for record in records:
        line = record.encode("utf-8", "surrogatepass") + b"\n"
        if chunk and len(chunk) + len(line) > MEBIBYTE:
            yield bytes(chunk)
            chunk = bytearray()
        chunk += line
    yield bytes(chunk)


def _parse(block: bytes, records: list[str]) -> Iterator[Outcome]:
    at = 0
    while at < len(block):
        length, position, status, count = HEADER.unpack_from(block, at)
        end = at + LENGTH_BYTES + length
        at += HEADER.size
        descriptors = list(DESCRIPTOR.iter_unpack(block[at : at + DESCRIPTOR.size * count]))
        at += DESCRIPTOR.size * count
        lengths = [length for _, _, length in descriptors]
        parts = block[at : at + sum(length & ~CHANGE for length in lengths)]
        at += len(parts)
        joined = joined_values(records[position].encode("utf-8", "surrogatepass"), lengths, parts)
        values = [(ordinal, value.decode()) for (ordinal, _, _), value in zip(descriptors, joined, strict=True)]
        detail = json.loads(block[at:end]) if at < end else None
        yield Outcome(values, detail if status == FAILED else None, detail if status == SKIPPED else None)
        at = end
