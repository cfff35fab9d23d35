"""The process that runs the records of a batch: forked by the loader, gone at the end of its job.

It leaves every result in shared memory the moment it is complete, so that nothing done is lost when a script
takes the process down. It never returns to the loader's code.
"""

import faulthandler
import gc
import os
import sys
from collections.abc import Iterator
from typing import NamedTuple, NoReturn

from pipeline_engine import orders
from pipeline_engine.errors import ScriptErrors, to_json
from pipeline_engine.pipeline import Pipeline
from pipeline_engine.processes import die_with_parent, raise_oom_score
from pipeline_engine.record_output import RecordOutput
from pipeline_engine.records import Slice, slices
from pipeline_engine.scripts import LoadedScript, load_failure
from pipeline_engine.shared_memory import FIRST_SLOT, LOADING, RESULTS_SOFT_LIMIT, SLOT_STARTED, SLOT_WORDS, SharedMemory
from pipeline_engine.shared_memory import PUBLISHED as PUBLISHED_WORD

_NOTICE_BYTES = 65_536
_OOM_SCORE = 1000
_GARBAGE_THRESHOLD = 20_000
"""Container objects made between collections; the default of 700 collects for every few parsed records."""

EXIT_SETUP_FAILED = 76
EXIT_SUPERVISOR_GONE = 77


class Pipes(NamedTuple):
    """The batch process's ends: orders and room to read, notices to write."""

    orders: int
    room: int
    notices: int


class BatchProcess:
    """What the loops that run records share: orders, input and the way of results to the supervisor."""

    def __init__(self, memory: SharedMemory, pipes: Pipes, pipeline: Pipeline, scripts: list[LoadedScript]) -> None:
        self.memory = memory
        self.pipeline = pipeline
        self.scripts = scripts
        self.errors = ScriptErrors(pipeline.stages)
        self.job = orders.Job(0, 0, 0, 1)
        self.orders = pipes.orders
        self._room = pipes.room
        self._notices = pipes.notices
        self._notice_at = _NOTICE_BYTES

    def notify(self, notice: bytes) -> None:
        os.write(self._notices, notice)

    def next_order(self) -> orders.Job | orders.InputReady:
        """Wait for an order, without any record in flight."""
        order = orders.read_order(self.orders)
        if order is None:
            os._exit(EXIT_SUPERVISOR_GONE)
        return order

    def input_slices(self) -> Iterator[Slice]:
        """The records of the job, slice by slice; waits for input when there is none."""
        position = self.job.start
        while position < self.job.stop:
            order = self.next_order()
            for found in self.slices_of(order, position):
                yield found
            position = max(position, order.first + order.count)

    def slices_of(self, ready: orders.InputReady, start: int) -> Iterator[Slice]:
        """The records of one input area from the position `start` to the end of the job."""
        if ready.first + ready.count <= start:
            return
        for found in slices(self.memory.inputs[ready.area], ready.length, ready.first, start):
            left = self.job.stop - found.first
            if left <= 0:
                return
            yield found if len(found.records) <= left else found._replace(records=found.records[:left])

    def publish(self, used: int) -> int:
        """Tell the supervisor that results up to `used` are there; returns where the next one goes.

        To be called with no record in flight, once `used` has reached `notice_at`.
        """
        if used < RESULTS_SOFT_LIMIT:
            self._notice_at = used + _NOTICE_BYTES
            self.notify(orders.PUBLISHED)
            return used
        self._notice_at = _NOTICE_BYTES
        self.notify(orders.NO_ROOM)
        if not os.read(self._room, 1):
            os._exit(EXIT_SUPERVISOR_GONE)
        return 0

    @property
    def notice_at(self) -> int:
        """Published bytes from which on `publish` must be called."""
        return self._notice_at

    def put(self, used: int, record: bytes) -> int:
        """Leave one whole result record at `used` and publish it; returns where the next one goes."""
        end = used + len(record)
        self.memory.results[used:end] = record
        self.memory.progress[PUBLISHED_WORD] = end
        return self.publish(end) if end >= self._notice_at else end

    def refuse_setup(self, failed: LoadedScript, problem: BaseException) -> NoReturn:
        """Report that a setup failed, and end."""
        report = to_json(load_failure(problem, failed.script, self.errors))
        self.memory.results[: len(report)] = report
        self.memory.progress[PUBLISHED_WORD] = len(report)
        self.notify(orders.SETUP_FAILED)
        os._exit(EXIT_SETUP_FAILED)


def run_batch_process(memory: SharedMemory, pipes: Pipes, pipeline: Pipeline, scripts: list[LoadedScript]) -> NoReturn:
    """Run setups, then the job; ends the process."""
    die_with_parent()
    raise_oom_score(_OOM_SCORE)
    gc.set_threshold(_GARBAGE_THRESHOLD, 50, 100)
    process = BatchProcess(memory, pipes, pipeline, scripts)
    outputs = _redirect_output(process)
    faulthandler.enable(2)
    if any(script.is_asynchronous for script in scripts):
        # Imported only where it is needed: asyncio takes longer to import than a small batch takes to run.
        from pipeline_engine.asynchronous_loop import run_asynchronously

        run_asynchronously(process)
    else:
        run_setups(process)
        take_job(process)
        _run_functions(process)
    for output in outputs:
        output.finish()
    process.notify(orders.FINISHED)
    os._exit(0)


def _run_functions(process: BatchProcess) -> None:
    if process.job.concurrency > 1:
        from pipeline_engine.threaded_loop import run_in_threads

        run_in_threads(process)
        return
    from pipeline_engine.serial_loop import run_serially

    run_serially(process)


def run_setups(process: BatchProcess) -> None:
    """Call `setup` of every script that has one, then report that the process is ready."""
    for loaded in process.scripts:
        if loaded.setup is not None:
            process.memory.progress[LOADING] = loaded.script.ordinal
            try:
                loaded.setup()
            except BaseException as problem:
                process.refuse_setup(loaded, problem)
    process.notify(orders.READY)


def take_job(process: BatchProcess) -> None:
    """Wait for the job; it is the first order."""
    job = process.next_order()
    if not isinstance(job, orders.Job):
        os._exit(EXIT_SUPERVISOR_GONE)
    process.job = job


def _redirect_output(process: BatchProcess) -> list[RecordOutput]:
    """Give scripts an output that names the record in flight."""
    progress = process.memory.progress

    def prefix() -> str:
        if process.job.concurrency > 1:
            return process.concurrent_prefix()
        return f"#{process.job.base + progress[FIRST_SLOT]} " if progress[FIRST_SLOT + SLOT_STARTED] else ""

    outputs = [RecordOutput(descriptor, prefix, process.pipeline.record_concurrency) for descriptor in (1, 2)]
    sys.stdout, sys.stderr = outputs
    return outputs
