"""How a value is told as a change of what is there already. See "Changes" in `docs/engine-protocol.md`.

u16 number of copies
for each copy: u32 length of the text before it | u32 where it begins | u32 its length
the texts, that after the last copy included
"""

import struct
from collections.abc import Sequence
from typing import NamedTuple

CHANGE = 0x8000_0000
"""In the length of a part: the part is a change and not the value itself."""

FROM_PARTS = 0x8000_0000
"""In the beginning of a copy: it counts from the first part of this result and not from the record."""

COPIES_LIMIT = 1000

LEAST_COPY = 16
"""Fewer bytes are written as text, since telling where they are takes about as many."""

MEMBERS_LIMIT = 4096
"""Members of the record, and of one part, that can be copied: those at the beginning."""

_COUNT = struct.Struct(">H")
_COPY = struct.Struct(">III")


class Copy(NamedTuple):
    """A copy of `length` bytes from `begin` on, after `text` bytes of new text."""

    text: int
    begin: int
    length: int


class Part(NamedTuple):
    """The bytes that tell a value, whether they are a change, and the length of the value."""

    content: bytes
    is_change: bool
    value_length: int

    @property
    def length_word(self) -> int:
        """The length as it stands in a result record."""
        return len(self.content) | CHANGE if self.is_change else len(self.content)


def table_bytes(copies: int) -> int:
    """Bytes in front of the texts."""
    return _COUNT.size + _COPY.size * copies


def pack_change(copies: Sequence[Copy], texts: bytes) -> bytes:
    return b"".join((_COUNT.pack(len(copies)), *(_COPY.pack(*copy) for copy in copies), texts))


def joined_values(record: bytes, lengths: Sequence[int], parts: bytes) -> list[bytes]:
    """The values of a result whose lengths and parts these are; `record` is the line that it is the result of."""
    values: list[bytes] = []
    at = 0
    for length in lengths:
        size = length & ~CHANGE
        part = parts[at : at + size]
        at += size
        if not length & CHANGE:
            values.append(part)
        elif not part:
            values.append(values[-1] if values else record)
        else:
            values.append(_joined(record, parts, part))
    return values


def _joined(record: bytes, parts: bytes, change: bytes) -> bytes:
    (count,) = _COUNT.unpack_from(change)
    at = table_bytes(count)
    pieces: list[bytes] = []
    for text, begin, length in _COPY.iter_unpack(change[_COUNT.size : at]):
        pieces.append(change[at : at + text])
        at += text
        source = parts if begin & FROM_PARTS else record
        begin &= ~FROM_PARTS
        pieces.append(source[begin : begin + length])
    pieces.append(change[at:])
    return b"".join(pieces)
