"""Orders from the supervisor to a batch process, bytes that give room for results, and notices of one byte."""

import struct
from dataclasses import dataclass
from enum import Enum
from posix import read

ORDER = struct.Struct(">cQQQQ")
ROOM = b"."


class OrderType(bytes, Enum):
    JOB = b"1"
    INPUT_READY = b"2"


_ORDER_BYTES = ORDER.size
_unpack_order = ORDER.unpack


class Notice(bytes, Enum):
    SETUP_DONE = b"3"
    """Every setup has run; the process waits for its job or has begun it."""
    RESULTS_READY = b"4"
    """There are results to take."""
    RESULTS_FULL = b"5"
    """The results area is full; the process waits for room."""
    JOB_DONE = b"6"
    """Every record of the job has its result."""
    SETUP_FAILED = b"7"
    """A setup failed; the results area holds the report as JSON."""


@dataclass(slots=True)
class Job:
    """Positions of a batch from `start` to before `stop`; `base` is the index in the dataset of the first record."""

    base: int
    start: int
    stop: int
    concurrency: int

    def pack(self) -> bytes:
        return ORDER.pack(OrderType.JOB, self.base, self.start, self.stop, self.concurrency)


@dataclass(slots=True)
class InputReady:
    """Records that lie in an input area: `length` bytes, of which the first record has the position `first`."""

    area: int
    length: int
    first: int
    records: int

    def pack(self) -> bytes:
        return ORDER.pack(OrderType.INPUT_READY, self.area, self.length, self.first, self.records)


def read_order(descriptor: int, expected: bytes) -> tuple[int, int, int, int] | None:
    """The numbers of the next order; blocks. None when the supervisor is gone, or if it is of another type."""
    packet = read(descriptor, _ORDER_BYTES)
    if len(packet) != _ORDER_BYTES:
        return None
    kind, first, second, third, fourth = _unpack_order(packet)
    return (first, second, third, fourth) if kind == expected else None
