"""Result records: how they are laid out, made and checked. See `docs/engine-protocol.md`.

u32 length of what follows | u32 position | u8 status | u8 number of values
for each value: u8 ordinal | u32 microseconds | u32 length of its part, with the bit CHANGE if that is a change
the parts, then the detail
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline_engine.protocol.changes import CHANGE

SUCCEEDED = 1
FAILED = 2
SKIPPED = 3

HEADER = struct.Struct(">IIBB")
DESCRIPTOR = struct.Struct(">BII")
LENGTH_BYTES = 4
MICROSECONDS_LIMIT = 0xFFFF_FFFF


class StageValue(NamedTuple):
    """The part that tells the value of a record after one stage, and the time that the stage took."""

    ordinal: int
    microseconds: int
    part: bytes
    is_change: bool = False


class MalformedResults(Exception):
    """Bytes that a script has written into the results; `valid_bytes` at the beginning are valid."""

    def __init__(self, message: str, valid_bytes: int) -> None:
        super().__init__(message)
        self.valid_bytes = valid_bytes


@dataclass(slots=True)
class Tally:
    """How many records of each status a run of result records holds."""

    records: int = 0
    failed: int = 0
    skipped: int = 0

    def add(self, other: "Tally") -> None:
        self.records += other.records
        self.failed += other.failed
        self.skipped += other.skipped


def result_record(position: int, status: int, values: Sequence[StageValue], detail: bytes = b"") -> bytes:
    body = b"".join(value.part for value in values)
    length = HEADER.size - LENGTH_BYTES + DESCRIPTOR.size * len(values) + len(body) + len(detail)
    parts = [HEADER.pack(length, position, status, len(values))]
    parts += [
        DESCRIPTOR.pack(
            value.ordinal,
            min(value.microseconds, MICROSECONDS_LIMIT),
            len(value.part) | CHANGE if value.is_change else len(value.part),
        )
        for value in values
    ]
    parts += [body, detail]
    return b"".join(parts)


def check_records(block: bytes, position: int, complete: int) -> Tally:
    """Count the records in `block`, the first of which must be at `position`; raises MalformedResults.

    `complete` is the number of values of a record that succeeded; others may have fewer.
    """
    size = len(block)
    first = position
    failed = skipped = at = began = 0
    read_header = HEADER.unpack_from
    smallest = HEADER.size - LENGTH_BYTES + complete * DESCRIPTOR.size
    try:
        while at < size:
            began = at
            length, found, status, values = read_header(block, at)
            if found != position:
                raise MalformedResults(f"record {found} where {position} was due", began)
            if status != SUCCEEDED or values != complete or length < smallest:
                if not _is_incomplete(length, status, values, complete):
                    raise MalformedResults(f"status {status} with {values} values in {length} bytes", began)
                failed += status == FAILED
                skipped += status == SKIPPED
            at += LENGTH_BYTES + length
            position += 1
    except struct.error:
        raise MalformedResults("cut off in a header", began) from None
    if at != size:
        raise MalformedResults("cut off in a record", began)
    return Tally(position - first, failed, skipped)


def size_of_records(block: bytes, records: int) -> int:
    """Bytes of the first `records` records in a block that `check_records` found to hold at least so many."""
    at = 0
    for _ in range(records):
        at += LENGTH_BYTES + HEADER.unpack_from(block, at)[0]
    return at


def _is_incomplete(length: int, status: int, values: int, complete: int) -> bool:
    return (
        status in (FAILED, SKIPPED)
        and values <= complete
        and length >= HEADER.size - LENGTH_BYTES + values * DESCRIPTOR.size
    )
