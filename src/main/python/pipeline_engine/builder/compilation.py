"""COMPILE: byte code of the modules of an environment, as `python -m compileall` makes it.

It is never checked against its source again (PEP 552), because an environment never changes.
"""

import importlib.util
import marshal
import os
import signal
import struct
import warnings
from collections.abc import Sequence
from functools import partial

from pipeline_engine.builder.orders import CompileOrder
from pipeline_engine.builder.worker import Answer, InvalidAnswer, Task
from pipeline_engine.protocol.limits import MEBIBYTE

FILE_INDEX = struct.Struct(">I")
FILE_LIMIT = FILE_INDEX.size + 16 * MEBIBYTE
"""Bytes of the longest FILE payload."""

_SOURCE_LIMIT = 16 * MEBIBYTE
_UNCHECKED_HASH = 1
_SECONDS_PER_FILE = 20


class Compilation:
    """Distributes the files of an order to workers, and counts them.

    A worker that dies has met a file that cannot be compiled, the first that it has not answered.
    """

    def __init__(self, order: CompileOrder) -> None:
        self._order = order
        self._left: dict[int, list[int]] = {}
        self._waiting = [
            list(range(len(order.files)))[first :: order.processes]
            for first in range(min(order.processes, len(order.files)))
        ]
        self.compiled = 0
        self.failed = 0

    def next_task(self) -> tuple[Task, list[int]] | None:
        """A task for a new worker with the indexes of its files; None if no files wait."""
        if not self._waiting:
            return None
        indexes = self._waiting.pop()
        return partial(_compile_files, self._order, list(indexes)), indexes

    def begun(self, worker: int, indexes: list[int]) -> None:
        self._left[worker] = indexes

    def answered(self, worker: int, answer: bytes) -> bool:
        """Count an answer; true if it has byte code. Raises InvalidAnswer if it is not about the next file."""
        left = self._left[worker]
        if len(answer) < FILE_INDEX.size or not left or FILE_INDEX.unpack_from(answer)[0] != left[0]:
            raise InvalidAnswer("an answer about another file")
        left.pop(0)
        is_compiled = len(answer) > FILE_INDEX.size
        self.compiled += is_compiled
        self.failed += not is_compiled
        return is_compiled

    def ended(self, worker: int) -> None:
        left = self._left.pop(worker)
        if left:
            self.failed += 1
            left.pop(0)
        if left:
            self._waiting.append(left)

    @property
    def is_done(self) -> bool:
        return not self._left and not self._waiting


def _compile_files(order: CompileOrder, indexes: Sequence[int], answer: Answer) -> None:
    """The task of a worker: answer every file with its index and, if it can be compiled, its byte code."""
    warnings.simplefilter("ignore")
    for index in indexes:
        # Ends the process, even in the middle of the compiler.
        signal.alarm(_SECONDS_PER_FILE)
        answer(FILE_INDEX.pack(index) + _byte_code(order, order.files[index]))
    signal.alarm(0)


def _byte_code(order: CompileOrder, name: str) -> bytes:
    """The contents of a .pyc file, empty if the source cannot be compiled."""
    try:
        with open(os.path.join(order.folder, name), "rb") as file:
            source = file.read(_SOURCE_LIMIT + 1)
        if len(source) > _SOURCE_LIMIT:
            return b""
        code = compile(source, os.path.join(order.target, name), "exec", dont_inherit=True)
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
        return b""
    head = importlib.util.MAGIC_NUMBER + struct.pack("<I", _UNCHECKED_HASH) + importlib.util.source_hash(source)
    data = head + marshal.dumps(code)
    return data if len(data) + FILE_INDEX.size <= FILE_LIMIT else b""
