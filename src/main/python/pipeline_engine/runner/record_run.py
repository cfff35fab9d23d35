"""One record on its way through the stages when several are in flight, and their results put in order."""

import threading
from collections.abc import Callable
from time import monotonic_ns
from typing import Any

from pipeline_engine.channels import batch_orders
from pipeline_engine.protocol.result_records import SUCCEEDED, StageValue, result_record
from pipeline_engine.runner.batch_process import BatchProcess
from pipeline_engine.runner.current_record import current_index
from pipeline_engine.loader.loading import LoadedScript
from pipeline_engine.runner.outcomes import outcome_of
from pipeline_engine.values.quick_encoder import encode_value
from pipeline_engine.values.refusals import too_large
from pipeline_engine.channels.shared_memory import (
    FIRST_SLOT,
    RECORD_VALUES_LIMIT,
    SLOT_POSITION,
    SLOT_STAGE,
    SLOT_STARTED,
    SLOT_WORDS,
)


class RecordRun:
    """Collects what becomes of one record, and shows in its slot how far it is."""

    def __init__(self, process: BatchProcess, slot: int, position: int) -> None:
        self._process = process
        self._position = position
        self._words = FIRST_SLOT + slot * SLOT_WORDS
        self._values: list[StageValue] = []
        self._size = 0

    def begin(self, started: int) -> None:
        """Show the record as in flight, its time running from `started` (monotonic nanoseconds)."""
        progress = self._process.memory.progress
        progress[self._words + SLOT_POSITION] = self._position
        progress[self._words + SLOT_STAGE] = 0
        progress[self._words + SLOT_STARTED] = started
        current_index.set(self._process.job.base + self._position)

    def enter(self, ordinal: int) -> int:
        """Show that a stage begins; returns the time."""
        self._process.memory.progress[self._words + SLOT_STAGE] = ordinal
        return monotonic_ns()

    def leave(self, ordinal: int, began: int, returned: Any) -> None:
        """Keep the value that a stage returned; raises ValueRefused."""
        took = (monotonic_ns() - began) // 1000
        value = encode_value(returned)
        self._size += len(value)
        limit = self._process.pipeline.result_limit
        if len(value) > limit or self._size > RECORD_VALUES_LIMIT:
            raise too_large(len(value), limit)
        if not self._process.pipeline.keeps_every_stage:
            self._values.clear()
            self._size = len(value)
        self._values.append(StageValue(ordinal, took, value))

    def success(self) -> bytes:
        """The result record of a record that passed every stage."""
        return self._end(SUCCEEDED, b"")

    def failure(self, problem: BaseException, loaded: LoadedScript) -> bytes:
        """The result record of a record for which a stage raised `problem`."""
        return self._end(*outcome_of(problem, self._process.errors, loaded.script))

    def _end(self, status: int, detail: bytes) -> bytes:
        streams = self._process.streams
        streams.look()
        if streams.kept_back:
            streams.end_record()
        self._process.memory.progress[self._words + SLOT_STARTED] = 0
        return result_record(self._position, status, self._values, detail)


class OrderedResults:
    """Publishes result records in input order, whichever is done first. Safe to use from several threads."""

    def __init__(self, process: BatchProcess, when_published: Callable[[], None]) -> None:
        self._process = process
        self._when_published = when_published
        self._lock = threading.Lock()
        self._waiting: dict[int, bytes] = {}
        self._used = 0
        self.next_position = process.job.start

    def add(self, position: int, record: bytes) -> None:
        """Publish the record and those that waited for it, calling `when_published` for each."""
        with self._lock:
            self._waiting[position] = record
            while self.next_position in self._waiting:
                self._used = self._process.put(self._used, self._waiting.pop(self.next_position))
                self.next_position += 1
                self._when_published()
            if self.next_position == self._process.handed_out:
                self._process.notify(batch_orders.PUBLISHED)
