"""Parses records from JSON. Integers are exact, other numbers the nearest double, or refused if none can hold them."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from json.decoder import JSONDecoder
from typing import Any, NamedTuple

from pipeline_engine.protocol.error_codes import ErrorCode

_SHORT = 2048
"""Bytes of a slice of which each number is looked at, instead of looking whether any may be out of range."""

_LONG_LINE = 2048
"""Bytes of a line on average from which on each is parsed by itself: to join them takes longer than it saves."""

SLICE_BYTES = 65_536
"""Records are parsed in slices of about this size: one call of the parser for all of them shares their keys,
and the first result need not wait for the last record."""


class BrokenRecord(Exception):
    """A record that cannot be passed to a script."""

    def __init__(self, code: ErrorCode, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class Item(NamedTuple):
    position: int
    line: bytes
    record: dict[str, Any] | None
    broken: BrokenRecord | None


class Slice(NamedTuple):
    """Consecutive records, each with its line; those at a position in `broken` are None."""

    first: int
    records: list[dict[str, Any] | None]
    lines: list[bytes]
    broken: dict[int, BrokenRecord]

    def items(self) -> Iterator[Item]:
        for position, (record, line) in enumerate(zip(self.records, self.lines, strict=True), self.first):
            yield Item(position, line, record, self.broken.get(position))

    def up_to(self, count: int) -> "Slice":
        """The first `count` of the records."""
        return self._replace(records=self.records[:count], lines=self.lines[:count])


_make_slice = partial(tuple.__new__, Slice)
"""Without the function in Python that makes tuples with names, which a small batch would call only once."""


def _in_range(text: str) -> float:
    value = float(text)
    if value - value != 0.0:
        raise _out_of_range(text, "is larger than a double can be (about 1.8e308)")
    if value == 0.0 and _NOT_ZERO.match(text):
        raise _out_of_range(text, "is closer to zero than a double can be (about 4.9e-324)")
    return value


def _out_of_range(text: str, reason: str) -> BrokenRecord:
    shown = text if len(text) <= 40 else f"{text[:40]}..."
    return BrokenRecord(ErrorCode.NUMBER_OUT_OF_RANGE, f"the number {shown} {reason}; send it as a text")


def _refuse_constant(text: str) -> float:
    raise BrokenRecord(ErrorCode.RECORD_NOT_JSON, f"{text} is not JSON")


Scanner = Callable[[str, int], tuple[Any, int]]


def _scanner(**hooks: Any) -> Scanner:
    """The parser without the work that json.loads adds to every call."""
    decoder: Any = JSONDecoder(parse_constant=_refuse_constant, **hooks)
    return decoder.scan_once


_scan = _scanner()
_scan_carefully = _scanner(parse_float=_in_range)

# A number out of the range of doubles has an exponent of three digits or more, or a row of many digits: 199 of them
# with an exponent of two stay within it. Digits and plus become 0 and both e's become e, so that three searches find
# whatever may be such a number.
_NUMBER_SHAPES = bytes(
    ord("0")
    if chr(code) in "0123456789+"
    else ord("e")
    if chr(code) in "eE"
    else code
    if code == ord("-")
    else ord(" ")
    for code in range(256)
)
_LONG_EXPONENTS = (b"e000", b"e-000")
_LONG_NUMBER = b"0" * 200
_NOT_ZERO = re.compile("-?[0.]*[1-9]")


def _may_be_out_of_range(data: bytes) -> bool:
    shapes = data.translate(_NUMBER_SHAPES)
    return _LONG_EXPONENTS[0] in shapes or _LONG_EXPONENTS[1] in shapes or _LONG_NUMBER in shapes


def parse_record(line: bytes, scan: Scanner = _scan_carefully) -> dict[str, Any]:
    """One record from its line of JSON; raises BrokenRecord."""
    try:
        text = line.decode().strip(" \t\r")
        value, end = scan(text, 0)
    except StopIteration:
        raise BrokenRecord(ErrorCode.RECORD_NOT_JSON, "the record is not JSON") from None
    except RecursionError:
        raise BrokenRecord(ErrorCode.RECORD_NOT_JSON, "the record is nested too deep") from None
    except ValueError as problem:
        if "integer string conversion" in str(problem):
            raise BrokenRecord(
                ErrorCode.NUMBER_TOO_LONG, "an integer of the record has more digits than Python reads (4300)"
            ) from None
        raise BrokenRecord(ErrorCode.RECORD_NOT_JSON, f"the record is not JSON: {problem}") from None
    if end != len(text) or not isinstance(value, dict):
        raise BrokenRecord(ErrorCode.RECORD_NOT_JSON, "the record is not one JSON object")
    return value


def _parse_lines(lines: list[bytes], first: int, scan: Scanner = _scan_carefully) -> Slice:
    records: list[dict[str, Any] | None] = []
    broken = {}
    for position, line in enumerate(lines, first):
        try:
            records.append(parse_record(line, scan))
        except BrokenRecord as problem:
            records.append(None)
            broken[position] = problem
    return Slice(first, records, lines, broken)


def parse_slice(data: bytes, first: int) -> Slice:
    """Parse lines of JSON, each ended by a line feed; the first record has the position `first`."""
    lines = data.split(b"\n")
    lines.pop()
    # A single record may be very large, so it is not copied again.
    is_short = len(data) < _SHORT
    if len(lines) == 1 or (not is_short and _may_be_out_of_range(data)):
        return _parse_lines(lines, first)
    if len(data) > len(lines) * _LONG_LINE:
        return _parse_lines(lines, first, _scan)
    try:
        text = data[:-1].decode().replace("\n", ",")
        records, _ = (_scan_carefully if is_short else _scan)(f"[{text}]", 0)
    except (ValueError, StopIteration, RecursionError, BrokenRecord):
        return _parse_lines(lines, first)
    if len(records) != len(lines) or set(map(type, records)) != {dict}:
        return _parse_lines(lines, first)
    return _make_slice((first, records, lines, {}))


def slices(area: Any, length: int, first: int, skip: int) -> Iterator[Slice]:
    """The records in `area[:length]` from position `skip` on; the first in the area has the position `first`."""
    start = 0
    while first < skip:
        start = area.find(b"\n", start, length) + 1
        first += 1
    while start < length:
        end = area.rfind(b"\n", start, min(start + SLICE_BYTES, length)) + 1
        if not end:
            end = area.find(b"\n", start, length) + 1
        found = parse_slice(area[start:end], first)
        yield found
        first += len(found.records)
        start = end
