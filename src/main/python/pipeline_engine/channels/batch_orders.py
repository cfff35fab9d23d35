"""Orders from the supervisor to a batch process, bytes that give room for results, and notices of one byte."""

import os
import struct
from enum import Enum
from typing import NamedTuple

ORDER = struct.Struct(">cQQQQ")
ROOM = b"."


class OrderType(bytes, Enum):
    JOB = b"1"
    INPUT_READY = b"2"


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


class Job(NamedTuple):
    """Positions of a batch from `start` to before `stop`; `base` is the index in the dataset of the first record."""

    base: int
    start: int
    stop: int
    concurrency: int

    def pack(self) -> bytes:
        return ORDER.pack(OrderType.JOB, *self)


class InputReady(NamedTuple):
    """Records that lie in an input area: `length` bytes, of which the first record has the position `first`."""

    area: int
    length: int
    first: int
    records: int

    def pack(self) -> bytes:
        return ORDER.pack(OrderType.INPUT_READY, *self)


def read_order(descriptor: int) -> Job | InputReady | None:
    """The next order; blocks. None when the supervisor is gone."""
    packet = os.read(descriptor, ORDER.size)
    if len(packet) != ORDER.size:
        return None
    kind, *numbers = ORDER.unpack(packet)
    return Job(*numbers) if kind == OrderType.JOB else InputReady(*numbers)
