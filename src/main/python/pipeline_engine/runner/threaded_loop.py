"""Several records in flight through plain functions, each in a thread of its own."""

import os
import sys
import threading
import traceback
from queue import SimpleQueue
from time import monotonic_ns
from typing import Any

from pipeline_engine.runner.batch_process import EXIT_ENGINE_FAILED, BatchProcess
from pipeline_engine.runner.record_run import OrderedResults, RecordRun
from pipeline_engine.values.records import BrokenRecord

Records = SimpleQueue[tuple[int, Any, BrokenRecord | None] | None]

_WINDOW_PER_THREAD = 4
"""Records begun for each thread before the oldest result must be out; bounds what waits out of order."""


def run_in_threads(process: BatchProcess) -> None:
    """Run the job of `process` with `concurrency` records in flight, results in input order."""
    threads = process.job.concurrency
    window = threading.Semaphore(threads * _WINDOW_PER_THREAD)
    results = OrderedResults(process, window.release)
    queue: Records = SimpleQueue()
    workers = _start_workers(threads, (process, queue, results))
    for first, records, broken in process.input_slices():
        for position, record in enumerate(records, first):
            window.acquire()
            queue.put((position, record, broken.get(position)))
    for _ in workers:
        queue.put(None)
    for worker in workers:
        worker.join()


def _start_workers(wanted: int, shared: tuple[BatchProcess, Records, OrderedResults]) -> list[threading.Thread]:
    """As many threads as are wanted, or as the sandbox allows."""
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


def _work(slot: int, process: BatchProcess, queue: Records, results: OrderedResults) -> None:
    try:
        while (item := queue.get()) is not None:
            results.add(item[0], _run_record(process, slot, *item))
    except BaseException:
        # A thread that ends would take its record with it and leave the others waiting.
        traceback.print_exc(file=sys.__stderr__)
        os._exit(EXIT_ENGINE_FAILED)


def _run_record(process: BatchProcess, slot: int, position: int, record: Any, broken: BrokenRecord | None) -> bytes:
    run = RecordRun(process, slot, position)
    run.begin(monotonic_ns())
    loaded = process.scripts[0]
    try:
        if broken:
            raise broken
        for loaded in process.scripts:
            ordinal = loaded.script.ordinal
            began = run.enter(ordinal)
            record = loaded.transform(record)
            run.leave(ordinal, began, record)
        return run.success()
    except BaseException as problem:
        return run.failure(problem, loaded)
