import gc
import os
from collections.abc import Callable, Sequence
from typing import NoReturn

from pipeline_engine.channels.batch_orders import Notice
from pipeline_engine.channels.exit_codes import ExitCode
from pipeline_engine.channels.loader_messages import BatchProcessPipes
from pipeline_engine.linux.processes import die_with_parent
from pipeline_engine.runner.batch_process import BatchProcess
from pipeline_engine.runner.serial_loop import SerialLoop

_GARBAGE_THRESHOLD = 20_000
"""New containers between collections; the default of 700 would collect after every few parsed records."""


class BatchMain:
    """Prepared by the loader. `begin` are functions to call before a script runs, `end` when every record has."""

    def __init__(
        self, process: BatchProcess, begin: Sequence[Callable[[], None]], end: Sequence[Callable[[], None]] = ()
    ) -> None:
        self._process = process
        self._begin = begin
        self._end = end
        self._serial_loop = SerialLoop(process)
        self._is_asynchronous = any(script.is_asynchronous for script in process.scripts)

    def run(self, pipes: BatchProcessPipes) -> NoReturn:
        """In the fork: run the setups, then the job; ends the process."""
        die_with_parent()
        gc.set_threshold(_GARBAGE_THRESHOLD, 50, 100)
        process = self._process
        process.begin(pipes)
        for begin in self._begin:
            begin()
        if self._is_asynchronous:
            # Imported only if needed: importing asyncio takes longer than a small batch.
            from pipeline_engine.runner.asynchronous_loop import run_asynchronously

            run_asynchronously(process)
        else:
            run_setups(process)
            process.take_job()
            self._run_functions()
        process.streams.finish()
        for end in self._end:
            end()
        process.notify(Notice.JOB_DONE)
        os._exit(ExitCode.DONE)

    def _run_functions(self) -> None:
        if self._process.job.concurrency > 1:
            from pipeline_engine.runner.threaded_loop import run_in_threads

            run_in_threads(self._process)
        else:
            self._serial_loop.run()


def run_setups(process: BatchProcess) -> None:
    """Call `setup` of every script that has one, then notify the supervisor."""
    for loaded in process.scripts:
        if loaded.setup is not None:
            process.memory.begin_loading(loaded.script.ordinal)
            try:
                loaded.setup()
            except BaseException as problem:
                process.refuse_setup(loaded, problem)
    process.notify(Notice.SETUP_DONE)
