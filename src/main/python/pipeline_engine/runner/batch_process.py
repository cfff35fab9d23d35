"""The job of a batch process, its input and its results, for all loops.

Every result is in shared memory as soon as it is complete, so that none is lost when a script ends the process.
"""

import os
from collections.abc import Iterator
from posix import write
from time import monotonic_ns
from typing import NoReturn

from pipeline_engine.channels.batch_orders import InputReady, Job, Notice, OrderType, read_order
from pipeline_engine.channels.exit_codes import ExitCode
from pipeline_engine.channels.shared_memory import RESULTS_SOFT_LIMIT, SharedMemory
from pipeline_engine.channels.waiting_times import longest_wait
from pipeline_engine.protocol.pipeline import Pipeline
from pipeline_engine.runner.loaded_script import LoadedScript
from pipeline_engine.runner.standard_streams import StandardStreams
from pipeline_engine.scripts.script_errors import ScriptErrors
from pipeline_engine.values.records import SLICE_BYTES, Slice, parse_slice, slices

_NOTICE_BYTES = 262_144
_JOB = OrderType.JOB.value
_INPUT_READY = OrderType.INPUT_READY.value
_RESULTS_READY = Notice.RESULTS_READY.value


class BatchProcess:
    """Made in the loader before the fork, because objects made after it cost the copy of a page or two each time.

    `handed_out` is the position after the last record that the process has received, `notice_at` the bytes of results
    at which `publish` must be called.
    """

    def __init__(
        self, memory: SharedMemory, pipeline: Pipeline, scripts: list[LoadedScript], streams: StandardStreams
    ) -> None:
        self.memory = memory
        self._inputs = memory.inputs
        self.streams = streams
        self.pipeline = pipeline
        self.scripts = scripts
        self.errors = ScriptErrors(pipeline.stages)
        self.job = Job(0, 0, 0, 1)
        streams.current.follow(self.job)
        self.handed_out = 0
        self.orders = self.room = self.notices = -1
        self.notice_at = _NOTICE_BYTES

    def notify(self, notice: bytes) -> None:
        """Send one or more notices."""
        write(self.notices, notice)

    def take_job(self) -> None:
        """Wait for the job, which is the first order."""
        numbers = read_order(self.orders, _JOB)
        if numbers is None:
            os._exit(ExitCode.SUPERVISOR_GONE)
        job = self.job
        job.base, job.start, job.stop, job.concurrency = numbers
        self.streams.current.since = monotonic_ns()

    def next_input(self) -> InputReady:
        """Wait for input, which is every order after the first."""
        return InputReady(*self._next_input())

    def _next_input(self) -> tuple[int, int, int, int]:
        # Taking the results frees the input area that the next records need.
        if self.handed_out:
            self.notify(_RESULTS_READY)
        numbers = read_order(self.orders, _INPUT_READY)
        if numbers is None:
            os._exit(ExitCode.SUPERVISOR_GONE)
        self.handed_out = numbers[2] + numbers[3]
        return numbers

    def input_slices(self) -> Iterator[Slice]:
        """The records of the job; waits for input when there is none."""
        position, stop = self.job.start, self.job.stop
        while position < stop:
            area, length, first, records = self._next_input()
            if length <= SLICE_BYTES and position == first and first + records <= stop:
                yield parse_slice(self._inputs[area][:length], position)
            else:
                yield from self.slices_of(InputReady(area, length, first, records), position)
            position = max(position, first + records)

    def slices_of(self, ready: InputReady, start: int) -> Iterator[Slice]:
        """The records of one input area from position `start` to the end of the job."""
        if ready.first + ready.records <= start:
            return
        for found in slices(self.memory.inputs[ready.area], ready.length, ready.first, start):
            left = self.job.stop - found.first
            if left <= 0:
                return
            yield found if len(found.records) <= left else found.up_to(left)

    def seconds_waited(self, position: int) -> float:
        """How long a record in flight has waited for its calls to have their turn."""
        if self.memory.outbound is None:
            return 0.0
        times, most = self.memory.outbound.waiting_times, longest_wait(self.pipeline.record_timeout)
        waited = times.waited(self.job.base + position, self.streams.current.since, monotonic_ns(), most)
        return waited.nanoseconds / 1_000_000_000

    def publish(self, used: int) -> int:
        """Notify the supervisor of `used` bytes of results; returns the offset of the next one.

        Waits for room if the area is full. To be called with no record in flight, once `used` has reached `notice_at`.
        """
        if used < RESULTS_SOFT_LIMIT:
            self.notice_at = used + _NOTICE_BYTES
            self.notify(_RESULTS_READY)
            return used
        self.notice_at = _NOTICE_BYTES
        self.notify(Notice.RESULTS_FULL)
        if not os.read(self.room, 1):
            os._exit(ExitCode.SUPERVISOR_GONE)
        return 0

    def put(self, used: int, record: bytes) -> int:
        """Store one result record at offset `used` and publish it; returns the offset of the next one."""
        end = used + len(record)
        self.memory.results[used:end] = record
        self.memory.publish(end)
        return self.publish(end) if end >= self.notice_at else end

    def refuse_setup(self, failed: LoadedScript, problem: BaseException) -> NoReturn:
        """Report that a setup failed, and end the process."""
        self.memory.leave_report(self.errors.describe_load_failure(problem, failed.script).to_json())
        self.notify(Notice.SETUP_FAILED)
        os._exit(ExitCode.SETUP_FAILED)
