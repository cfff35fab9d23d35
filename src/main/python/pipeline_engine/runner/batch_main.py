"""Life of a batch process: forked by the loader, gone at the end of its job, never back in the loader's code."""

import gc
import os
import sys
from typing import NoReturn, TextIO, cast

from pipeline_engine import orders
from pipeline_engine.pipeline import Pipeline
from pipeline_engine.processes import die_with_parent, raise_oom_score
from pipeline_engine.runner.batch_process import BatchProcess, Pipes
from pipeline_engine.runner.current_record import current_index
from pipeline_engine.runner.loading import LoadedScript
from pipeline_engine.runner.record_output import RecordOutput
from pipeline_engine.runner.serial_loop import run_serially
from pipeline_engine.shared_memory import FIRST_SLOT, LOADING, SLOT_POSITION, SLOT_STARTED, SharedMemory

_OOM_SCORE = 1000
_GARBAGE_THRESHOLD = 20_000
"""Container objects made between collections; the default of 700 collects for every few parsed records."""


def run_batch_process(memory: SharedMemory, pipes: Pipes, pipeline: Pipeline, scripts: list[LoadedScript]) -> NoReturn:
    """Run setups, then the job; ends the process."""
    die_with_parent()
    raise_oom_score(_OOM_SCORE)
    gc.set_threshold(_GARBAGE_THRESHOLD, 50, 100)
    process = BatchProcess(memory, pipes, pipeline, scripts)
    outputs = _redirect_output(process)
    if any(script.is_asynchronous for script in scripts):
        # Imported only where it is needed: asyncio takes longer to import than a small batch takes to run.
        from pipeline_engine.runner.asynchronous_loop import run_asynchronously

        run_asynchronously(process)
    else:
        run_setups(process)
        process.take_job()
        _run_functions(process)
    for output in outputs:
        output.finish()
    process.notify(orders.FINISHED)
    os._exit(0)


def _run_functions(process: BatchProcess) -> None:
    if process.job.concurrency > 1:
        from pipeline_engine.runner.threaded_loop import run_in_threads

        run_in_threads(process)
        return
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


def _redirect_output(process: BatchProcess) -> list[RecordOutput]:
    """Give scripts an output that names the record in flight."""
    progress = process.memory.progress

    def prefix() -> str:
        index = current_index.get()
        if index is None and progress[FIRST_SLOT + SLOT_STARTED] and process.job.concurrency == 1:
            index = process.job.base + progress[FIRST_SLOT + SLOT_POSITION]
        return "" if index is None else f"#{index} "

    outputs = [RecordOutput(descriptor, prefix, process.pipeline.record_concurrency) for descriptor in (1, 2)]
    sys.stdout, sys.stderr = cast(list[TextIO], outputs)
    return outputs
