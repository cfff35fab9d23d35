"""One batch from its BATCH frame to its DONE, over as many processes as it takes.

Results come in input order, so what is settled is always the records before one position; a new process
begins there. What must never happen: a position is reported twice or left out, or a record is blamed for a
death when another may have caused it.
"""

import json
import time
from collections.abc import Callable
from typing import Any

from pipeline_engine import frames, orders
from pipeline_engine.batch_input import BatchInput
from pipeline_engine.causes import Cause, cause_of_death
from pipeline_engine.codes import BATCH_ABORTED, SCRIPT_CRASHED, TIMEOUT
from pipeline_engine.errors import report, to_json
from pipeline_engine.pipeline import Pipeline
from pipeline_engine.results import FAILED, MalformedResults, StageValue, Tally, check_records, result_record
from pipeline_engine.running_process import RunningProcess
from pipeline_engine.shared_memory import MEBIBYTE, PUBLISHED, SharedMemory, Slot
from pipeline_engine.stage_values import finished_values

_SECOND = 1_000_000_000
"""Nanoseconds."""
_TICK = 50_000_000
"""Nanoseconds between looks at results that nobody has announced."""

_FAILED_STARTS_LIMIT = 3
_WORTH_GIVING_BACK = 4 * MEBIBYTE
_FRAME_SIZE = 65_536
_UNSENT_LIMIT = 8 * MEBIBYTE


class BatchRun:
    """The records of one batch: which have results, who runs the others, who is to blame."""

    def __init__(
        self,
        pipeline: Pipeline,
        memory: SharedMemory,
        base: int,
        total: int,
        connection: frames.ServiceConnection,
        want_process: Callable[[], None],
        kill_process: Callable[[Cause], None],
    ) -> None:
        self.input = BatchInput(memory, total)
        self._pipeline = pipeline
        self._memory = memory
        self._base = base
        self._total = total
        self._connection = connection
        self._want_process = want_process
        self._kill_process = kill_process
        self._tally = Tally()
        self._crashes = 0
        self._failed_starts = 0
        self._singly_until = 0
        self._unblamed_at: int | None = None
        self._job = orders.Job(base, 0, 0, 1)
        self._process: RunningProcess | None = None
        self._taken = 0
        self._seen = 0
        self._owes_room = False
        self._is_spoiled = False
        self._overdue: Slot | None = None
        self._next_tick = 0
        self._moved_at = 0

    @property
    def settled(self) -> int:
        """Position of the first record without a result."""
        return self._tally.records

    @property
    def is_complete(self) -> bool:
        """Whether every record has its result and no INPUT is on its way."""
        return self.settled == self._total and self._process is None and not self.input.is_expected

    def summary(self) -> bytes:
        """The payload of DONE."""
        failed, skipped = self._tally.failed, self._tally.skipped
        counts = {"records": self._total, "succeeded": self._total - failed - skipped, "failed": failed, "skipped": skipped}
        return json.dumps(counts | {"crashes": self._crashes}).encode()

    def begin(self, process: RunningProcess) -> None:
        """Start work in a process that waits for its job."""
        # After a death with several records in flight they run one at a time, so that the next blame is exact.
        if self.settled < self._singly_until:
            self._job = orders.Job(self._base, self.settled, self._singly_until, 1)
        else:
            self._job = orders.Job(self._base, self.settled, self._total, self._pipeline.record_concurrency)
        self._process = process
        self._is_spoiled = False
        self._next_tick = self._moved_at = time.monotonic_ns()
        process.order(orders.pack_job(self._job))
        for ready in self.input.ready:
            process.order(orders.pack_input(ready))

    def input_arrived(self, payload: memoryview) -> None:
        """An INPUT is complete."""
        ready = self.input.accept(payload)
        if self._process is not None:
            self._process.order(orders.pack_input(ready))
        self._ask_for_input()

    def process_spoke(self, notices: bytes) -> None:
        """Take what the process has announced."""
        if not self._works():
            return
        self._take_results(self._memory.published())
        if orders.NO_ROOM in notices:
            self._owes_room = True
            self.make_room()

    def _works(self) -> bool:
        """Whether there is a process at work whose results can be taken and whose time counts."""
        return self._process is not None and self._process.is_ready

    def make_room(self) -> None:
        """Let a process that waits for room go on, unless too much waits to be sent."""
        if not self._owes_room or self._connection.pending_bytes > _UNSENT_LIMIT:
            return
        self._owes_room = False
        self._forget_results()
        if self._process is not None:
            self._process.give_room()

    def _forget_results(self) -> None:
        if self._memory.published() > _WORTH_GIVING_BACK:
            self._memory.give_back_results()
        self._taken = self._seen = 0
        self._memory.progress[PUBLISHED] = 0

    def _take_results(self, published: int) -> None:
        if self._is_spoiled or published <= self._taken:
            return
        block = self._memory.results[self._taken : published]
        try:
            found = check_records(block, self.settled, len(self._pipeline.stages))
            if self.settled + found.records > self._job.stop:
                raise MalformedResults("more records than there are")
        except MalformedResults:
            self._is_spoiled = True
            self._kill_process(Cause(SCRIPT_CRASHED, "the script wrote into memory of the engine"))
            return
        self._taken = published
        self._count(found)
        self._connection.send(frames.RESULTS, block)
        self._ask_for_input()

    def _count(self, found: Tally) -> None:
        self._tally.records += found.records
        self._tally.failed += found.failed
        self._tally.skipped += found.skipped
        self.input.release(self.settled)

    def _ask_for_input(self) -> None:
        if self.settled < self._total and self.input.want():
            self._connection.send(frames.WANT)

    def deadline(self) -> int | None:
        """When `check_time` has something to do."""
        if not self._works() or self._process.killed_for:
            return None
        oldest = self._oldest_in_flight()
        return min(self._next_tick, self._time_out_of(oldest)) if oldest else self._next_tick

    def check_time(self) -> None:
        """Send results that lie there, and kill a process whose record takes too long."""
        if not self._works() or self._process.killed_for:
            return
        now = time.monotonic_ns()
        if now >= self._next_tick:
            self._next_tick = now + _TICK
            self._look(now)
        oldest = self._oldest_in_flight()
        limit = self._pipeline.record_timeout
        if oldest and now >= self._time_out_of(oldest):
            self._overdue = oldest
            self._kill_process(Cause(TIMEOUT, f"the record took longer than {limit:g} s"))
        elif not oldest and now >= self._moved_at + int(limit * _SECOND) + _SECOND:
            self._kill_process(Cause(TIMEOUT, f"the process did nothing for more than {limit:g} s between two records"))

    def _look(self, now: int) -> None:
        """Take results that nobody announced, and note whether the process moves or has nothing to do."""
        # What was there at the last look, so that the writes of the other process are surely complete.
        self._take_results(self._seen)
        published = self._memory.published()
        if published != self._seen or self._owes_room or self.input.arrived == self.settled or self._oldest_in_flight():
            self._moved_at = now
        self._seen = published

    def _oldest_in_flight(self) -> Slot | None:
        slots = self._memory.slots(self._job.concurrency)
        return slots[0] if slots else None

    def _time_out_of(self, slot: Slot) -> int:
        return slot.started + int(self._pipeline.record_timeout * _SECOND)

    def process_ended(self, process: RunningProcess, status: int | None) -> None:
        """The process is dead and buried: settle what it leaves and go on."""
        if process.is_ready:
            self._take_results(self._memory.published())
            if not process.has_finished or self._is_spoiled or self.settled < self._job.stop:
                self._account_for_death(_cause_of_end(process, status))
        else:
            self._count_failed_start(process.start_error)
        self._process = None
        self._owes_room = False
        self._overdue = None
        self._forget_results()
        self._memory.clear_progress(self._job.concurrency)
        self._go_on()

    def start_failed(self, error: dict[str, Any]) -> None:
        """The scripts could not even be loaded again."""
        self._count_failed_start(error)
        self._go_on()

    def _go_on(self) -> None:
        if self.settled < self._total:
            self._want_process()

    def _account_for_death(self, cause: Cause) -> None:
        self._failed_starts = 0
        slots = [slot for slot in self._memory.slots(self._job.concurrency) if self.settled <= slot.position < self._job.stop]
        if self._job.concurrency > 1 and slots:
            self._singly_until = max(slot.position for slot in slots) + 1
            return
        if self._overdue and self._overdue.position < self.settled:
            # It was done just before the kill: slow, but in time for a result. The one after it is innocent.
            return
        self._crashes += 1
        in_flight = next((slot for slot in slots if slot.position == self.settled), None)
        if in_flight is None and self._unblamed_at != self.settled:
            self._unblamed_at = self.settled
        else:
            self._blame(in_flight, cause)
        if self._crashes > self._pipeline.crashes_limit:
            self._abort(report(BATCH_ABORTED, f"{self._crashes} records of this batch ended the process that ran them"))

    def _blame(self, slot: Slot | None, cause: Cause) -> None:
        """Fail the first unsettled record, keeping the values of the stages that it had passed."""
        stage = min(slot.stage, len(self._pipeline.stages) - 1) if slot else 0
        script = self._pipeline.stages[stage] if slot else None
        values: list[StageValue] = []
        if slot and not self._is_spoiled:
            values = finished_values(self._memory, self._memory.published(), stage, self._pipeline)
        message = f"{cause.message} while this record was in flight" if cause.code == SCRIPT_CRASHED else cause.message
        self._fail(report(cause.code, message, script), values)

    def _fail(self, error: dict[str, Any], values: list[StageValue] | None = None) -> None:
        record = result_record(self.settled, FAILED, values or [], to_json(error))
        self._connection.send(frames.RESULTS, record)
        self._count(Tally(records=1, failed=1))

    def _count_failed_start(self, error: dict[str, Any]) -> None:
        """No process could be brought to work; after some tries the rest of the batch fails for that reason."""
        self._failed_starts += 1
        if self._failed_starts >= _FAILED_STARTS_LIMIT:
            self._abort(error)

    def _abort(self, error: dict[str, Any]) -> None:
        """Fail every record that is left."""
        detail = to_json(error)
        block = bytearray()
        left = range(self.settled, self._total)
        for position in left:
            block += result_record(position, FAILED, [], detail)
            if len(block) >= _FRAME_SIZE:
                self._connection.send(frames.RESULTS, block)
                block = bytearray()
        if block:
            self._connection.send(frames.RESULTS, block)
        self._count(Tally(records=len(left), failed=len(left)))


def _cause_of_end(process: RunningProcess, status: int | None) -> Cause:
    if process.killed_for:
        return process.killed_for
    if process.has_finished:
        return Cause(SCRIPT_CRASHED, "the process ended before it had run every record")
    return cause_of_death(status, process.was_short_of_memory())
