"""Packets between supervisor and loader. The loader runs user code, so the supervisor checks what it sends."""

import signal
import socket
import struct
from collections.abc import Callable
from enum import Enum, IntFlag
from typing import NamedTuple, NoReturn

from pipeline_engine.channels.shared_memory import SharedMemory
from pipeline_engine.protocol.pipeline import Pipeline

FORK_REQUEST = b"f"
"""Fork a batch process that holds the descriptors, which are BatchProcessPipes."""

PIPELINE_HANDED_OVER = b"p"
"""A loader that was primed gets a pipeline; the descriptors are HandedOver."""

TRACE_SIGNAL = signal.SIGRTMIN + 7
"""Makes a process that runs scripts write the line at which it is."""

PACKET_LIMIT = 131_072
UNKNOWN_STATUS = -1
NUMBER = struct.Struct(">q")


class LoaderMessageType(bytes, Enum):
    SCRIPTS_LOADED = b"l"
    """Every script is imported; the number is made of ScriptTraits."""
    SCRIPTS_REFUSED = b"x"
    """A script cannot be used; the body is an ErrorReport in JSON."""
    PROCESS_FORKED = b"p"
    """The number is the id of the batch process: a fork of the loader, or the loader itself."""
    PROCESS_ENDED = b"e"
    """The number is the wait status of the batch process, or UNKNOWN_STATUS."""
    LOADER_MOVED = b"m"
    """The process with that id goes on as the loader."""
    IMPORTED_FIRST = b"i"
    """The modules of packages that the scripts import before they do anything else; a line for each."""
    BATCHES_START_ANEW = b"a"
    """This loader becomes a batch process instead of forking one; the body is the reason, for the log."""


class ScriptTraits(IntFlag):
    HAS_SETUP = 1
    IS_ASYNCHRONOUS = 2


class LoaderMessage(NamedTuple):
    type: LoaderMessageType
    body: bytes

    @property
    def number(self) -> int:
        return NUMBER.unpack(self.body)[0] if len(self.body) == NUMBER.size else UNKNOWN_STATUS

    @classmethod
    def with_number(cls, kind: LoaderMessageType, number: int) -> "LoaderMessage":
        return cls(kind, NUMBER.pack(number))

    @classmethod
    def parse(cls, packet: bytes) -> "LoaderMessage | None":
        """The message in a packet; None if it is of no known type."""
        try:
            return cls(LoaderMessageType(packet[:1]), packet[1:])
        except ValueError:
            return None

    def send(self, channel: socket.socket) -> None:
        channel.send(self.type + self.body)


class BatchProcessPipes(NamedTuple):
    """The batch process's ends of its pipes: it reads orders and room, and writes notices."""

    orders: int
    room: int
    notices: int


PIPES = struct.Struct(f"{len(BatchProcessPipes._fields)}i")
"""BatchProcessPipes as the kernel hands over descriptors."""


class LoaderStart(NamedTuple):
    """What a loader works with.

    `output` is the descriptor that becomes standard output and error; to `trace` it writes the current line when the
    process crashes or receives TRACE_SIGNAL.
    """

    memory: SharedMemory
    pipeline: Pipeline
    output: int
    trace: int


class PrimeStart(NamedTuple):
    """What a loader works with before there is a pipeline: it imports the modules from the folder."""

    memory: SharedMemory
    folder: str
    modules: tuple[str, ...]


class HandedOver(NamedTuple):
    """The descriptors for a loader that was primed: the payload of PIPELINE, and those of LoaderStart."""

    document: int
    output: int
    trace: int


RunLoader = Callable[[socket.socket, LoaderStart | PrimeStart], NoReturn]
"""The main function of a loader. The supervisor receives it as an argument and imports nothing that runs user code."""
