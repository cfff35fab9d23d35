"""The frames between service and engine: `u32 length | u8 type | payload`."""

import struct
from enum import Enum
from typing import NamedTuple

from pipeline_engine.protocol.limits import INPUT_LIMIT, MEBIBYTE


class FrameType(bytes, Enum):
    """The types of frames with their codes; `docs/engine-protocol.md` says what each of them carries."""

    HELLO = b"H"
    PRIME = b"Y"
    PIPELINE = b"P"
    LOADED = b"L"
    REFUSED = b"X"
    BATCH = b"B"
    INPUT = b"I"
    WANT = b"W"
    RESULTS = b"R"
    LOG = b"G"
    DONE = b"D"
    CHECK = b"C"
    CHECKED = b"K"
    INSPECT = b"N"
    TARGET = b"T"
    RESOLVE = b"S"
    RESOLVED = b"V"
    COMPILE = b"M"
    FILE = b"F"
    COMPILED = b"E"


BUILD_ORDERS = (FrameType.INSPECT, FrameType.RESOLVE, FrameType.COMPILE)

FRAME_HEADER = struct.Struct(">Ic")
BATCH_PAYLOAD = struct.Struct(">QI")
_PRIME_LIMIT = 65_536

_INCOMING_LIMITS = {
    FrameType.PRIME.value: _PRIME_LIMIT,
    FrameType.PIPELINE.value: INPUT_LIMIT,
    FrameType.BATCH.value: BATCH_PAYLOAD.size,
    FrameType.INPUT.value: INPUT_LIMIT,
    FrameType.CHECK.value: MEBIBYTE,
    FrameType.INSPECT.value: 0,
    FrameType.RESOLVE.value: MEBIBYTE,
    FrameType.COMPILE.value: INPUT_LIMIT,
}


class ProtocolViolation(Exception):
    """The service sent what the protocol does not allow at that point."""


class Frame(NamedTuple):
    type: FrameType
    payload: memoryview


def incoming_type(header: bytes | bytearray) -> tuple[FrameType, int]:
    """Type and length in bytes of a frame from the service; raises ProtocolViolation if it is not allowed."""
    length, code = FRAME_HEADER.unpack(header)
    if length > _INCOMING_LIMITS.get(code, -1):
        raise ProtocolViolation(f"frame {code!r} of {length} bytes")
    return FrameType(code), length
