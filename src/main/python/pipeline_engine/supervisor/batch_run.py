"""One batch from BATCH to DONE, over as many processes as it takes.

Results come in input order: all records before the position `settled` have their result, and a new process begins
there. Each position is reported exactly once, and a record fails for the death of a process only if no other record can
have caused it.
"""

import json
import time
from typing import NamedTuple

from pipeline_engine.channels.batch_orders import Job, Notice
from pipeline_engine.channels.shared_memory import Slot
from pipeline_engine.protocol.error_codes import ErrorCode
from pipeline_engine.protocol.frames import FrameType
from pipeline_engine.protocol.limits import MEBIBYTE
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
from pipeline_engine.supervisor.record_times import Due, RecordTimes
from pipeline_engine.supervisor.result_intake import ResultIntake
from pipeline_engine.supervisor.script_host import ScriptHost

_SECOND = 1_000_000_000
"""Nanoseconds."""

_TICK = 50_000_000
"""Nanoseconds between checks for results that no notice has announced."""

_FAILED_STARTS_LIMIT = 3
_ABORTED_PER_FRAME = 256


class Batch(NamedTuple):
    """Index of the first record in the dataset, and number of records."""

    base: int
    total: int


class BatchRun:
    """Assigns the records of one batch to processes, and accounts for their results and deaths."""

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
        self._times = RecordTimes(context.memory, pipeline.record_timeout)
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
        self._active_at = 0
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
        """Whether every record has its result and no INPUT is pending."""
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
        """Give a new process its job and the input that is there."""
        # After a death with several records in flight they run one at a time, to find the one that caused it.
        if self.settled < self._singly_until:
            self._job = Job(self._base, self.settled, self._singly_until, 1)
        else:
            self._job = Job(self._base, self.settled, self._total, self._pipeline.record_concurrency)
        self._process = process
        self._results.is_corrupt = False
        self._next_tick = self._active_at = time.monotonic_ns()
        process.order(self._job)
        for ready in self.input.ready:
            process.order(ready)

    def input_arrived(self, payload: memoryview) -> None:
        """Accept an INPUT and pass it on; raises ProtocolViolation."""
        ready = self.input.accept(payload)
        if self._process is not None:
            self._process.order(ready)
        self._ask_for_input()

    def notices_received(self, notices: bytes) -> None:
        """Take the results that the process has announced."""
        if self._process is None or not self._process.is_ready:
            return
        self._settle(self._results.take(self._job.stop))
        if Notice.RESULTS_FULL in notices:
            self._owes_room = True
            self.make_room()

    def make_room(self) -> None:
        """Let a process continue that waits for room in the results area, if the service keeps up."""
        if self._owes_room and self._process is not None and self._results.can_send:
            self._owes_room = False
            self._results.clear()
            self._process.give_room()

    def _settle(self, is_valid: bool) -> None:
        """Release input after results were taken; end a process that has left anything else."""
        if not is_valid:
            self._host.kill_process(Cause(ErrorCode.SCRIPT_CRASHED, "the script wrote into memory of the engine"))
            return
        self.input.release(self.settled)
        self._ask_for_input()

    def _ask_for_input(self) -> None:
        if self.settled < self._total and self.input.want():
            self._connection.send(FrameType.WANT)

    def deadline(self) -> int | None:
        """When `check_time` is due (time.monotonic_ns), or None."""
        process = self._process
        if process is None or not process.is_ready or process.killed_for:
            return None
        due = self._first_due(process)
        return min(self._next_tick, due.at) if due else self._next_tick

    def check_time(self) -> None:
        """Take results that were not announced, and kill a process whose record takes too long."""
        self._fail_the_rest()
        process = self._process
        if process is None or not process.is_ready or process.killed_for:
            return
        now = time.monotonic_ns()
        if now >= self._next_tick:
            self._next_tick = now + _TICK
            self._take_unannounced(process, now)
        due = self._first_due(process)
        limit = self._pipeline.record_timeout
        if due and now >= due.at:
            self._overdue = due.slot
            self._host.kill_process(Cause(ErrorCode.TIMEOUT, f"the record took longer than {limit:g} s"))
        elif not due and now >= self._active_at + int(limit * _SECOND) + _SECOND:
            message = f"the process did nothing for more than {limit:g} s between two records"
            self._host.kill_process(Cause(ErrorCode.TIMEOUT, message))

    def _take_unannounced(self, process: BatchProcessHandle, now: int) -> None:
        """Take results that were not announced, and note whether the process is active or idle for a reason."""
        before = self.settled
        self._settle(self._results.take_seen(self._job.stop))
        if self.settled > before or self._owes_room or self.input.arrived == self.settled or self._first_due(process):
            self._active_at = now

    def _first_due(self, process: BatchProcessHandle) -> Due | None:
        return self._times.first_due(self._job.concurrency, self._base, process.began)

    def process_ended(self, process: BatchProcessHandle, status: int | None) -> None:
        """Account for the results and the death of a process, and continue in another one."""
        if process.start_error is not None:
            self._count_failed_start(process.start_error, can_try_again=process.killed_for is None)
        else:
            self._results.take(self._job.stop)
            if not process.has_finished or self._results.is_corrupt or self.settled < self._job.stop:
                self._account_for_death(process, status)
        self.input.release(self.settled)
        self._process = None
        self._owes_room = False
        self._overdue = None
        self._results.clear()
        self._memory.clear_progress(self._job.concurrency)
        self._go_on()

    def start_failed(self, error: ErrorReport) -> None:
        """The scripts could not be loaded again."""
        self._count_failed_start(error, can_try_again=True)
        self._go_on()

    def _go_on(self) -> None:
        if self.settled < self._total and not self._aborted_for:
            self._host.request_process()

    def _account_for_death(self, process: BatchProcessHandle, status: int | None) -> None:
        self._failed_starts = 0
        cause = self._with_share_of_packages(_cause_of_end(process, status))
        in_flight = self._unsettled_in_flight()
        if self._job.concurrency > 1 and in_flight:
            self._singly_until = max(slot.position for slot in in_flight) + 1
            self._log.note(f"{cause.message}; the {len(in_flight)} records in flight run again one at a time")
            return
        if self._overdue and self._overdue.position < self.settled:
            # The slow record got its result just before the kill; the next one has not caused it.
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

    def _with_share_of_packages(self, cause: Cause) -> Cause:
        if cause.code != ErrorCode.OOM_KILLED or self._pipeline.environment is None:
            return cause
        share = self._host.memory_of_imports / MEBIBYTE
        return cause._replace(message=f"{cause.message}; importing the scripts and their packages takes {share:.0f} MB")

    def _unsettled_in_flight(self) -> list[Slot]:
        """The slots of a dead process with positions that it can have been at; user code may have written others."""
        positions = range(self.settled, self._job.stop)
        return [slot for slot in self._memory.slots(self._job.concurrency) if slot.position in positions]

    def _death(self, culprit: Slot | None, cause: Cause, last_frames: list[UserFrame]) -> Death:
        if culprit is None:
            return Death(cause, None, [], [])
        stage = min(culprit.stage, len(self._pipeline.stages) - 1)
        # Only the serial loop stores values of an unfinished record.
        if self._results.is_corrupt or self._host.is_asynchronous:
            return Death(cause, stage, last_frames, [])
        values = finished_values(self._memory, self._memory.published(), stage, self._pipeline)
        return Death(cause, stage, last_frames, values)

    def _count_failed_start(self, error: ErrorReport, can_try_again: bool) -> None:
        """After several failed starts the rest of the batch fails with the error of the last one."""
        self._failed_starts += 1
        if self._failed_starts >= _FAILED_STARTS_LIMIT or not can_try_again:
            self._abort(error)

    def _abort(self, error: ErrorReport) -> None:
        """Fail every record that is left."""
        self._aborted_for = error.to_json()
        self._fail_the_rest()

    def _fail_the_rest(self) -> None:
        """After an abort, send failed results for what is left, as fast as the service reads them."""
        while self._aborted_for and self.settled < self._total and self._results.can_send:
            positions = range(self.settled, min(self.settled + _ABORTED_PER_FRAME, self._total))
            block = b"".join(result_record(position, FAILED, [], self._aborted_for) for position in positions)
            self._results.send(block, Tally(records=len(positions), failed=len(positions)))


def _cause_of_end(process: BatchProcessHandle, status: int | None) -> Cause:
    if process.killed_for:
        return process.killed_for
    if process.has_finished:
        return Cause(ErrorCode.SCRIPT_CRASHED, "the process ended before it had run every record")
    return cause_of_death(status, process.oom_watch.ran_out_of_memory())
