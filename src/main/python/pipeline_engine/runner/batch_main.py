"""Life of a batch process: forked by the loader, gone at the end of its job, never back in the loader's code."""

import gc
import os
import sys
from typing import NoReturn, TextIO, cast

from pipeline_engine import orders
from pipeline_engine.pipeline import Pipeline
from pipeline_engine.processes import die_with_parent
from pipeline_engine.runner.batch_process import BatchProcess, Pipes
from pipeline_engine.runner.current_record import current_index
from pipeline_engine.runner.loading import LoadedScript
from pipeline_engine.runner.random_numbers import Generators
from pipeline_engine.runner.record_output import RecordOutput
from pipeline_engine.runner.serial_loop import SerialLoop
from pipeline_engine.shared_memory import FIRST_SLOT, LOADING, SLOT_POSITION, SLOT_STARTED, SharedMemory

_GARBAGE_THRESHOLD = 20_000
"""Container objects made between collections; the default of 700 collects for every few parsed records."""


class BatchMain:
    """What a batch process consists of, made ready by the loader before it forks one."""

    def __init__(
        self, memory: SharedMemory, pipeline: Pipeline, scripts: list[LoadedScript], generators: Generators
    ) -> None:
        self._generators = generators
        self._process = BatchProcess(memory, pipeline, scripts)
        self._serial_loop = SerialLoop(self._process)
        self._outputs = _outputs_of(self._process)
        self._is_asynchronous = any(script.is_asynchronous for script in scripts)

    def run(self, pipes: Pipes) -> NoReturn:
        """In the fork: run setups, then the job; ends the process."""
        die_with_parent()
        gc.set_threshold(_GARBAGE_THRESHOLD, 50, 100)
        process = self._process
        process.begin(pipes)
        self._generators.refresh()
        sys.stdout, sys.stderr = cast(list[TextIO], self._outputs)
        if self._is_asynchronous:
            # Imported only where it is needed: asyncio takes longer to import than a small batch takes to run.
            from pipeline_engine.runner.asynchronous_loop import run_asynchronously

            run_asynchronously(process)
        else:
            run_setups(process)
            process.take_job()
            self._run_functions()
        for output in self._outputs:
            output.finish()
        process.notify(orders.FINISHED)
        os._exit(0)

    def _run_functions(self) -> None:
        if self._process.job.concurrency > 1:
            from pipeline_engine.runner.threaded_loop import run_in_threads

            run_in_threads(self._process)
        else:
            self._serial_loop.run()


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


def _outputs_of(process: BatchProcess) -> list[RecordOutput]:
    """Standard output and error for scripts, whose lines name the record in flight."""
    progress = process.memory.progress

    def prefix() -> str:
        index = current_index.get()
        if index is None and progress[FIRST_SLOT + SLOT_STARTED] and process.job.concurrency == 1:
            index = process.job.base + progress[FIRST_SLOT + SLOT_POSITION]
        return "" if index is None else f"#{index} "

    return [RecordOutput(descriptor, prefix, process.pipeline.record_concurrency) for descriptor in (1, 2)]
