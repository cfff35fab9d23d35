"""One batch from its BATCH frame to its DONE, over as many processes as it takes.

Results come in input order, so what is settled is always the records before one position; a new process
begins there. What must never happen: a position is reported twice or left out, or a record is blamed for a
death when another may have caused it.
"""

import json
import time
from typing import NamedTuple

from pipeline_engine.channels.batch_orders import Job, Notice
from pipeline_engine.channels.shared_memory import Slot
from pipeline_engine.protocol.error_codes import ErrorCode
from pipeline_engine.protocol.frames import FrameType
from pipeline_engine.protocol.pipeline import Pipeline
from pipeline_engine.protocol.reports import ErrorReport
from pipeline_engine.protocol.result_records import FAILED, Tally, result_record
from pipeline_engine.scripts.user_frames import UserFrame
from pipeline_engine.supervisor.batch_input import BatchInput
from pipeline_engine.supervisor.batch_process_handle import BatchProcessHandle
from pipeline_engine.supervisor.blame import Death, failed_record, finished_values
from pipeline_engine.supervisor.causes import Cause, cause_of_death
from pipeline_engine.supervisor.context import Context
from pipeline_engine.supervisor.log_pipe import LogPipe
from pipeline_engine.supervisor.result_intake import ResultIntake
from pipeline_engine.supervisor.script_host import ScriptHost

_SECOND = 1_000_000_000
"""Nanoseconds."""

_TICK = 50_000_000
"""Nanoseconds between looks at results that nobody has announced."""

_FAILED_STARTS_LIMIT = 3
_ABORTED_PER_FRAME = 256


class Batch(NamedTuple):
    """Index of the first record in the dataset, and number of records."""

    base: int
    total: int


class BatchRun:
    """The records of one batch: which have results, who runs the others, who is to blame."""

    def __init__(
        self,
        batch: Batch,
        pipeline: Pipeline,
        context: Context,
        host: ScriptHost,
        log: LogPipe,
    ) -> None:
        self.input = BatchInput(context.memory, batch.total)
        self._results = ResultIntake(context, pipeline.values_kept)
        self._pipeline = pipeline
        self._memory = context.memory
        self._base, self._total = batch
        self._connection = context.connection
        self._host = host
        self._log = log
        self._job = Job(batch.base, 0, 0, 1)
        self._process: BatchProcessHandle | None = None
        self._owes_room = False
        self._next_tick = 0
        self._moved_at = 0
        self._overdue: Slot | None = None
        self._crashes = 0
        self._failed_starts = 0
        self._singly_until = 0
        self._unblamed_at: int | None = None
        self._aborted_for = b""

    @property
    def settled(self) -> int:
        """Position of the first record without a result."""
        return self._results.tally.records

    @property
    def is_complete(self) -> bool:
        """Whether every record has its result and no INPUT is on its way."""
        return self.settled == self._total and self._process is None and not self.input.is_expected

    def summary(self) -> bytes:
        """The payload of DONE."""
        failed, skipped = self._results.tally.failed, self._results.tally.skipped
        counts = {
            "records": self._total,
            "succeeded": self._total - failed - skipped,
            "failed": failed,
            "skipped": skipped,
        }
        return json.dumps(counts | {"crashes": self._crashes}).encode()

    def begin(self, process: BatchProcessHandle) -> None:
        """Start work in a process that waits for its job."""
        # After a death with several records in flight they run one at a time, so that the next blame is exact.
        if self.settled < self._singly_until:
            self._job = Job(self._base, self.settled, self._singly_until, 1)
        else:
            self._job = Job(self._base, self.settled, self._total, self._pipeline.record_concurrency)
        self._process = process
        self._results.is_spoiled = False
        self._next_tick = self._moved_at = time.monotonic_ns()
        process.order(self._job)
        for ready in self.input.ready:
            process.order(ready)

    def input_arrived(self, payload: memoryview) -> None:
        """An INPUT is complete."""
        ready = self.input.accept(payload)
        if self._process is not None:
            self._process.order(ready)
        self._ask_for_input()

    def process_spoke(self, notices: bytes) -> None:
        """Take what the process has announced."""
        if self._process is None or not self._process.is_ready:
            return
        self._settle(self._results.take(self._job.stop))
        if Notice.RESULTS_FULL in notices:
            self._owes_room = True
            self.make_room()

    def make_room(self) -> None:
        """Let a process that waits for room go on, unless too much waits to be sent."""
        if self._owes_room and self._process is not None and self._results.can_send:
            self._owes_room = False
            self._results.clear()
            self._process.give_room()

    def _settle(self, is_sound: bool) -> None:
        """Go on after results were taken; a process that leaves something else has no more to say."""
        if not is_sound:
            self._host.kill_process(Cause(ErrorCode.SCRIPT_CRASHED, "the script wrote into memory of the engine"))
            return
        self.input.release(self.settled)
        self._ask_for_input()

    def _ask_for_input(self) -> None:
        if self.settled < self._total and self.input.want():
            self._connection.send(FrameType.WANT)

    def deadline(self) -> int | None:
        """When `check_time` has something to do."""
        process = self._process
        if process is None or not process.is_ready or process.killed_for:
            return None
        oldest = self._oldest_in_flight()
        return min(self._next_tick, self._time_out_of(oldest)) if oldest else self._next_tick

    def check_time(self) -> None:
        """Send results that lie there, and kill a process whose record takes too long."""
        self._fail_the_rest()
        process = self._process
        if process is None or not process.is_ready or process.killed_for:
            return
        now = time.monotonic_ns()
        if now >= self._next_tick:
            self._next_tick = now + _TICK
            self._look(now)
        oldest = self._oldest_in_flight()
        limit = self._pipeline.record_timeout
        if oldest and now >= self._time_out_of(oldest):
            self._overdue = oldest
            self._host.kill_process(Cause(ErrorCode.TIMEOUT, f"the record took longer than {limit:g} s"))
        elif not oldest and now >= self._moved_at + int(limit * _SECOND) + _SECOND:
            message = f"the process did nothing for more than {limit:g} s between two records"
            self._host.kill_process(Cause(ErrorCode.TIMEOUT, message))

    def _look(self, now: int) -> None:
        """Take results that nobody announced, and note whether the process moves or has nothing to do."""
        before = self.settled
        self._settle(self._results.take_seen(self._job.stop))
        if self.settled > before or self._owes_room or self.input.arrived == self.settled or self._oldest_in_flight():
            self._moved_at = now

    def _oldest_in_flight(self) -> Slot | None:
        slots = self._memory.slots(self._job.concurrency)
        return slots[0] if slots else None

    def _time_out_of(self, slot: Slot) -> int:
        return slot.started + int(self._pipeline.record_timeout * _SECOND)

    def process_ended(self, process: BatchProcessHandle, status: int | None) -> None:
        """The process is dead and buried: settle what it leaves and go on."""
        if process.start_error is not None:
            self._count_failed_start(process.start_error, can_try_again=process.killed_for is None)
        else:
            self._results.take(self._job.stop)
            if not process.has_finished or self._results.is_spoiled or self.settled < self._job.stop:
                self._account_for_death(process, status)
        self.input.release(self.settled)
        self._process = None
        self._owes_room = False
        self._overdue = None
        self._results.clear()
        self._memory.clear_progress(self._job.concurrency)
        self._go_on()

    def start_failed(self, error: ErrorReport) -> None:
        """The scripts could not even be loaded again."""
        self._count_failed_start(error, can_try_again=True)
        self._go_on()

    def _go_on(self) -> None:
        if self.settled < self._total and not self._aborted_for:
            self._host.want_process()

    def _account_for_death(self, process: BatchProcessHandle, status: int | None) -> None:
        self._failed_starts = 0
        cause = _cause_of_end(process, status)
        in_flight = self._unsettled_in_flight()
        if self._job.concurrency > 1 and in_flight:
            self._singly_until = max(slot.position for slot in in_flight) + 1
            self._log.note(f"{cause.message}; the {len(in_flight)} records in flight run again one at a time")
            return
        if self._overdue and self._overdue.position < self.settled:
            # It was done just before the kill: slow, but in time for a result. The one after it is innocent.
            return
        self._crashes += 1
        culprit = next((slot for slot in in_flight if slot.position == self.settled), None)
        if culprit is None and self._unblamed_at != self.settled:
            self._unblamed_at = self.settled
            self._log.note(f"{cause.message} with no record in flight; the records that are left run in a new process")
        else:
            death = self._death(culprit, cause, process.last_frames)
            self._results.send(failed_record(self.settled, death, self._pipeline), Tally(records=1, failed=1))
        if self._crashes > self._pipeline.crashes_limit:
            message = f"{self._crashes} records of this batch ended the process that ran them"
            self._abort(ErrorReport.at(None, ErrorCode.BATCH_ABORTED, message))

    def _unsettled_in_flight(self) -> list[Slot]:
        """Records that a dead process was at work on; what user code may have scribbled is sorted out."""
        positions = range(self.settled, self._job.stop)
        return [slot for slot in self._memory.slots(self._job.concurrency) if slot.position in positions]

    def _death(self, culprit: Slot | None, cause: Cause, last_frames: list[UserFrame]) -> Death:
        if culprit is None:
            return Death(cause, None, [], [])
        stage = min(culprit.stage, len(self._pipeline.stages) - 1)
        # Only the loop for plain functions leaves the values of a record before it is done.
        if self._results.is_spoiled or self._host.is_asynchronous:
            return Death(cause, stage, last_frames, [])
        values = finished_values(self._memory, self._memory.published(), stage, self._pipeline)
        return Death(cause, stage, last_frames, values)

    def _count_failed_start(self, error: ErrorReport, can_try_again: bool) -> None:
        """No process could be brought to work; after some tries the rest of the batch fails for that reason."""
        self._failed_starts += 1
        if self._failed_starts >= _FAILED_STARTS_LIMIT or not can_try_again:
            self._abort(error)

    def _abort(self, error: ErrorReport) -> None:
        """Fail every record that is left."""
        self._aborted_for = error.to_json()
        self._fail_the_rest()

    def _fail_the_rest(self) -> None:
        """After an abort, send results as long as the service keeps up; the rest follows when it has."""
        while self._aborted_for and self.settled < self._total and self._results.can_send:
            positions = range(self.settled, min(self.settled + _ABORTED_PER_FRAME, self._total))
            block = b"".join(result_record(position, FAILED, [], self._aborted_for) for position in positions)
            self._results.send(block, Tally(records=len(positions), failed=len(positions)))


def _cause_of_end(process: BatchProcessHandle, status: int | None) -> Cause:
    if process.killed_for:
        return process.killed_for
    if process.has_finished:
        return Cause(ErrorCode.SCRIPT_CRASHED, "the process ended before it had run every record")
    return cause_of_death(status, process.oom_watch.was_short_of_memory())
