"""The results that an engine sends, decoded as `docs/engine-protocol.md` says and joined where they are changes."""

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

STATUSES = {1: "SUCCEEDED", 2: "FAILED", 3: "SKIPPED"}


@dataclass
class Result:
    """One record's result, decoded."""

    position: int
    status: str
    ordinals: list[int]
    microseconds: list[int]
    raw_values: list[bytes]
    detail: Any

    @property
    def values(self) -> list[Any]:
        return [json.loads(value) for value in self.raw_values]

    @property
    def final(self) -> Any:
        return self.values[-1]

    @property
    def error(self) -> dict[str, Any]:
        if self.status != "FAILED":
            raise AssertionError(f"record {self.position} is {self.status}, not FAILED: {self}")
        return self.detail


def parse_results(payload: bytes, lines: list[bytes]) -> Iterator[Result]:
    """The result records of a RESULTS frame, with their values joined; `lines` are the records of the batch."""
    at = 0
    while at < len(payload):
        length, position, status, count = struct.unpack_from(">IIBB", payload, at)
        end = at + 4 + length
        at += 10
        descriptors = [struct.unpack_from(">BII", payload, at + 9 * number) for number in range(count)]
        at += 9 * count
        parts_at, values = at, []
        for _, _, length in descriptors:
            size = length % 2**31
            part = payload[at : at + size]
            at += size
            if length == size:
                values.append(part)
            elif not part:
                values.append(values[-1] if values else lines[position])
            else:
                values.append(_joined(part, lines[position], payload[parts_at:at]))
        if at > end or end > len(payload) or any(b"\n" in value for value in values):
            raise AssertionError(f"record {position} does not fit its length")
        detail = json.loads(payload[at:end]) if at < end else None
        if (detail is None) != (status == 1):
            raise AssertionError(f"status {status} with detail {detail!r}")
        yield Result(
            position, STATUSES[status], [d[0] for d in descriptors], [d[1] for d in descriptors], values, detail
        )
        at = end


def _joined(change: bytes, line: bytes, parts: bytes) -> bytes:
    (count,) = struct.unpack_from(">H", change)
    at = 2 + 12 * count
    value = b""
    for number in range(count):
        text, begin, length = struct.unpack_from(">III", change, 2 + 12 * number)
        source = parts if begin >= 2**31 else line
        begin %= 2**31
        if length < 16 or begin + length > len(source):
            raise AssertionError(f"a copy of {length} bytes from {begin} of {len(source)}")
        value += change[at : at + text] + source[begin : begin + length]
        at += text
    value += change[at:]
    json.loads(value)
    return value
