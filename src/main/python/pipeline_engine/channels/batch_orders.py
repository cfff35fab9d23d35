"""Messages between supervisor and batch process, over three pipes.

The supervisor sends orders of a fixed size, and one byte over a pipe of its own when there is room for results again.
The batch process sends notices of one byte.
"""

import os
import struct
from enum import Enum
from typing import NamedTuple

ORDER = struct.Struct(">cQQQQ")
ROOM = b"."


class OrderType(bytes, Enum):
    """The first byte of an order."""

    JOB = b"1"
    INPUT_READY = b"2"


class Notice(bytes, Enum):
    """A byte from the batch process."""

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
    """Which records of a batch a process is to run.

    `base` is the index of the batch's first record in the dataset; the job is the positions from `start` to before
    `stop`, with `concurrency` records in flight.
    """

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
