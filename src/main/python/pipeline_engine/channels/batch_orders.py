"""What supervisor and batch process say to each other over pipes, beside the shared memory.

Orders go down in packets of one size. Notices come up as single bytes. A third pipe carries one byte
whenever the supervisor has made room among the results.
"""

import os
import struct
from typing import NamedTuple

ORDER = struct.Struct(">cQQQQ")

JOB = b"J"
"""Index of the batch's first record, position to begin at, position to stop before, records in flight."""
INPUT_READY = b"I"
"""Input area, bytes, position of the first record, number of records."""

READY = b"r"
"""Every setup has run; the process waits for its job or has begun it."""
PUBLISHED = b"n"
"""Results worth taking are there."""
NO_ROOM = b"w"
"""The results area is full; the process waits for room."""
FINISHED = b"e"
"""Every record of the job has its result."""
SETUP_FAILED = b"f"
"""A setup failed; the results area holds the report as JSON."""


class Job(NamedTuple):
    """Which records of a batch a process is to run."""

    base: int
    start: int
    stop: int
    concurrency: int


class InputReady(NamedTuple):
    """Records that lie in an input area."""

    area: int
    length: int
    first: int
    records: int


def read_order(descriptor: int) -> Job | InputReady | None:
    """The next order; blocks. None when the supervisor is gone."""
    packet = os.read(descriptor, ORDER.size)
    if len(packet) != ORDER.size:
        return None
    kind, *numbers = ORDER.unpack(packet)
    return Job(*numbers) if kind == JOB else InputReady(*numbers)


def pack_job(job: Job) -> bytes:
    return ORDER.pack(JOB, *job)


def pack_input(ready: InputReady) -> bytes:
    return ORDER.pack(INPUT_READY, *ready)
