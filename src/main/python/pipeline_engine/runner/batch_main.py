import gc
from collections.abc import Callable, Sequence
from posix import write

from pipeline_engine.channels.batch_orders import Notice
from pipeline_engine.runner.batch_process import BatchProcess
from pipeline_engine.runner.serial_loop import SerialLoop

_GARBAGE_THRESHOLD = 20_000
"""New containers between collections; the default of 700 would collect after every few parsed records."""

_SETUP_DONE = Notice.SETUP_DONE.value
_JOB_DONE = Notice.JOB_DONE.value


class BatchMain:
    """Prepared by the loader. `begin` are functions to call before a script runs, `end` when every record has."""

    def __init__(
        self, process: BatchProcess, begin: Sequence[Callable[[], None]], end: Sequence[Callable[[], None]] = ()
    ) -> None:
        self._process = process
        self._streams = process.streams
        self._has_setups = any(script.setup is not None for script in process.scripts)
        self._begin = tuple(begin)
        self._end = tuple(end)
        self._serial_loop = SerialLoop(process)
        gc.set_threshold(_GARBAGE_THRESHOLD, 50, 100)
        self._is_asynchronous = any(script.is_asynchronous for script in process.scripts)
        self._follows_slot = process.pipeline.record_concurrency == 1 and not self._is_asynchronous
        if self._follows_slot:
            process.streams.current.follow_slot()

    def run(self, orders: int, room: int, notices: int) -> None:
        """In the fork: run the setups, then the job. The arguments are BatchProcessPipes."""
        process = self._process
        process.orders = orders
        process.room = room
        process.notices = notices
        self._streams.forks_run_batches = False
        if self._begin:
            for begin in self._begin:
                begin()
        if self._is_asynchronous:
            # Imported only if needed: importing asyncio takes longer than a small batch.
            from pipeline_engine.runner.asynchronous_loop import run_asynchronously

            run_asynchronously(process)
        else:
            if self._has_setups:
                run_setups(process)
            write(notices, _SETUP_DONE)
            process.take_job()
            if process.job.concurrency > 1:
                from pipeline_engine.runner.threaded_loop import run_in_threads

                run_in_threads(process)
            else:
                if not self._follows_slot:
                    self._streams.current.follow_slot()
                self._serial_loop.run()
        self._streams.finish()
        if self._end:
            for end in self._end:
                end()
        write(notices, _JOB_DONE)


def run_setups(process: BatchProcess) -> None:
    """Call `setup` of every script that has one."""
    for loaded in process.scripts:
        if loaded.setup is not None:
            process.memory.begin_loading(loaded.script.ordinal)
            try:
                loaded.setup()
            except BaseException as problem:
                process.refuse_setup(loaded, problem)
