"""The job of a batch process, its input and its results, for all loops.

Every result is in shared memory as soon as it is complete, so that none is lost when a script ends the process.
"""

import os
from collections.abc import Iterator
from time import monotonic_ns
from typing import NoReturn

from pipeline_engine.channels.batch_orders import InputReady, Job, Notice, read_order
from pipeline_engine.channels.exit_codes import ExitCode
from pipeline_engine.channels.loader_messages import BatchProcessPipes
from pipeline_engine.channels.shared_memory import RESULTS_SOFT_LIMIT, SharedMemory
from pipeline_engine.channels.waiting_times import longest_wait
from pipeline_engine.protocol.pipeline import Pipeline
from pipeline_engine.runner.loaded_script import LoadedScript
from pipeline_engine.runner.standard_streams import StandardStreams
from pipeline_engine.scripts.script_errors import ScriptErrors
from pipeline_engine.values.records import Slice, slices

_NOTICE_BYTES = 262_144

_NO_PIPES = BatchProcessPipes(-1, -1, -1)


class BatchProcess:
    """Made in the loader before the fork, because objects made after it cost the copy of a page or two each time.

    `handed_out` is the position after the last record that the process has received.
    """

    def __init__(
        self, memory: SharedMemory, pipeline: Pipeline, scripts: list[LoadedScript], streams: StandardStreams
    ) -> None:
        self.memory = memory
        self.streams = streams
        self.pipeline = pipeline
        self.scripts = scripts
        self.errors = ScriptErrors(pipeline.stages)
        self.job = Job(0, 0, 0, 1)
        self.handed_out = 0
        self.pipes = _NO_PIPES
        self._notice_at = _NOTICE_BYTES

    def begin(self, pipes: BatchProcessPipes) -> None:
        """In the fork: use these pipes."""
        self.pipes = pipes
        self.streams.begin_batch()

    def notify(self, notice: Notice) -> None:
        os.write(self.pipes.notices, notice)

    def take_job(self) -> None:
        """Wait for the job, which is the first order."""
        order = read_order(self.pipes.orders)
        if not isinstance(order, Job):
            os._exit(ExitCode.SUPERVISOR_GONE)
        self.job = order
        self.streams.current.follow(order)

    def next_input(self) -> InputReady:
        """Wait for input, which is every order after the first."""
        # Taking the results frees the input area that the next records need.
        if self.handed_out:
            self.notify(Notice.RESULTS_READY)
        order = read_order(self.pipes.orders)
        if not isinstance(order, InputReady):
            os._exit(ExitCode.SUPERVISOR_GONE)
        self.handed_out = order.first + order.records
        return order

    def input_slices(self) -> Iterator[Slice]:
        """The records of the job; waits for input when there is none."""
        position = self.job.start
        while position < self.job.stop:
            ready = self.next_input()
            yield from self.slices_of(ready, position)
            position = max(position, ready.first + ready.records)

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
            self._notice_at = used + _NOTICE_BYTES
            self.notify(Notice.RESULTS_READY)
            return used
        self._notice_at = _NOTICE_BYTES
        self.notify(Notice.RESULTS_FULL)
        if not os.read(self.pipes.room, 1):
            os._exit(ExitCode.SUPERVISOR_GONE)
        return 0

    @property
    def notice_at(self) -> int:
        """Bytes of results at which `publish` must be called."""
        return self._notice_at

    def put(self, used: int, record: bytes) -> int:
        """Store one result record at offset `used` and publish it; returns the offset of the next one."""
        end = used + len(record)
        self.memory.results[used:end] = record
        self.memory.publish(end)
        return self.publish(end) if end >= self._notice_at else end

    def refuse_setup(self, failed: LoadedScript, problem: BaseException) -> NoReturn:
        """Report that a setup failed, and end the process."""
        self.memory.leave_report(self.errors.describe_load_failure(problem, failed.script).to_json())
        self.notify(Notice.SETUP_FAILED)
        os._exit(ExitCode.SETUP_FAILED)
