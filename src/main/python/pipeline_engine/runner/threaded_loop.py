"""Several records in flight through plain functions, each in a thread."""

import os
import sys
import threading
import traceback
from queue import SimpleQueue
from time import monotonic_ns
from typing import Any

from pipeline_engine.channels.exit_codes import ExitCode
from pipeline_engine.runner.batch_process import BatchProcess
from pipeline_engine.runner.loaded_script import LoadedScript
from pipeline_engine.runner.record_run import OrderedResults, RecordRun
from pipeline_engine.values.records import Item

Items = SimpleQueue[Item | None]

_WINDOW_PER_THREAD = 4
"""Records begun per thread before the oldest result must be published; bounds the results out of order."""


def run_in_threads(process: BatchProcess) -> None:
    threads = process.job.concurrency
    window = threading.Semaphore(threads * _WINDOW_PER_THREAD)
    results = OrderedResults(process, window.release)
    queue: Items = SimpleQueue()
    workers = _start_workers(threads, (process, queue, results))
    for found in process.input_slices():
        for item in found.items():
            window.acquire()
            queue.put(item)
    for _ in workers:
        queue.put(None)
    for worker in workers:
        worker.join()


def _start_workers(wanted: int, shared: tuple[BatchProcess, Items, OrderedResults]) -> list[threading.Thread]:
    """Start `wanted` threads, or as many as the sandbox allows; raises RuntimeError if it allows none."""
    started: list[threading.Thread] = []
    for slot in range(wanted):
        worker = threading.Thread(target=_work, args=(slot, *shared), daemon=True)
        try:
            worker.start()
        except RuntimeError:
            if not started:
                raise
            break
        started.append(worker)
    return started


def _work(slot: int, process: BatchProcess, queue: Items, results: OrderedResults) -> None:
    try:
        while (item := queue.get()) is not None:
            run = RecordRun(process, slot, item)
            run.begin(monotonic_ns())
            results.add(item.position, run.through(_call))
    except BaseException:
        # If only this thread ended, its record would be lost and the other threads would wait for ever.
        traceback.print_exc(file=sys.__stderr__)
        os._exit(ExitCode.ENGINE_FAILED)


def _call(loaded: LoadedScript, record: Any) -> Any:
    return loaded.transform(record)
