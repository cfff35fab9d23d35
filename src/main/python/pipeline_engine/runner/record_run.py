"""One record through all stages, for all loops but the serial one, and the order of the results of several records."""

import threading
from collections.abc import Awaitable, Callable
from time import monotonic_ns
from typing import Any

from pipeline_engine.channels.batch_orders import Notice
from pipeline_engine.protocol.limits import RECORD_VALUES_LIMIT
from pipeline_engine.protocol.result_records import SUCCEEDED, StageValue, result_record
from pipeline_engine.runner.batch_process import BatchProcess
from pipeline_engine.runner.current_record import current_index
from pipeline_engine.runner.loaded_script import LoadedScript
from pipeline_engine.runner.outcomes import outcome_of
from pipeline_engine.values.record_states import states_of
from pipeline_engine.values.records import Item
from pipeline_engine.values.refusals import too_large


class RecordRun:
    """Runs one record and keeps its slot in shared memory up to date; `begin` comes first."""

    def __init__(self, process: BatchProcess, slot: int, item: Item) -> None:
        self._process = process
        self._memory = process.memory
        self._slot = slot
        self._item = item
        self._states = states_of(item.line, item.record or {}, process.pipeline.keeps_every_stage)
        self._values: list[StageValue] = []
        self._size = 0

    def begin(self, started: int) -> None:
        """Mark the record as in flight since `started` (time.monotonic_ns)."""
        self._memory.begin_record(self._slot, self._item.position, started)
        current_index.set(self._process.job.base + self._item.position)

    def through(self, call: Callable[[LoadedScript, Any], Any]) -> bytes:
        """Run the record through every stage; `call` calls the transform of a script with the record."""
        loaded, record = self._process.scripts[0], self._item.record
        try:
            self._raise_if_broken()
            for loaded in self._process.scripts:
                began = self._enter(loaded)
                record = call(loaded, record)
                self._keep(loaded, began, record)
            return self._end(SUCCEEDED, b"")
        except BaseException as problem:
            return self._end(*outcome_of(problem, self._process.errors, loaded.script))

    async def through_awaiting(self, call: Callable[[LoadedScript, Any], Awaitable[Any]]) -> bytes:
        loaded, record = self._process.scripts[0], self._item.record
        try:
            self._raise_if_broken()
            for loaded in self._process.scripts:
                began = self._enter(loaded)
                record = await call(loaded, record)
                self._keep(loaded, began, record)
            return self._end(SUCCEEDED, b"")
        except BaseException as problem:
            return self._end(*outcome_of(problem, self._process.errors, loaded.script))

    def _raise_if_broken(self) -> None:
        if self._item.broken is not None:
            raise self._item.broken

    def _enter(self, loaded: LoadedScript) -> int:
        self._memory.begin_stage(self._slot, loaded.script.ordinal)
        return monotonic_ns()

    def _keep(self, loaded: LoadedScript, began: int, returned: Any) -> None:
        microseconds = (monotonic_ns() - began) // 1000
        content, is_change, length = self._states.part_of(returned)
        self._size += length
        limit = self._process.pipeline.result_limit
        if length > limit or self._size > RECORD_VALUES_LIMIT:
            raise too_large(length, limit)
        if not self._process.pipeline.keeps_every_stage:
            self._values.clear()
            self._size = length
        self._values.append(StageValue(loaded.script.ordinal, microseconds, content, is_change))

    def _end(self, status: int, detail: bytes) -> bytes:
        streams = self._process.streams
        streams.find_replacements()
        if streams.buffering:
            streams.end_record()
        self._memory.end_record(self._slot)
        return result_record(self._item.position, status, self._values, detail)


class OrderedResults:
    """Publishes result records in input order. Thread-safe."""

    def __init__(self, process: BatchProcess, when_published: Callable[[], None]) -> None:
        self._process = process
        self._when_published = when_published
        self._lock = threading.Lock()
        self._waiting: dict[int, bytes] = {}
        self._used = 0
        self.next_position = process.job.start

    def add(self, position: int, record: bytes) -> None:
        """Publish the record when its turn comes, and those that waited for it; `when_published` is called for each."""
        with self._lock:
            self._waiting[position] = record
            while self.next_position in self._waiting:
                self._used = self._process.put(self._used, self._waiting.pop(self.next_position))
                self.next_position += 1
                self._when_published()
            if self.next_position == self._process.handed_out:
                self._process.notify(Notice.RESULTS_READY)
