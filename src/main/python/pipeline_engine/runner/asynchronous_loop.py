"""Pipelines with an `async def` in them: every record of a process on one event loop.

A record that waits too long is cancelled here, where it costs nothing but itself. One that blocks the loop
cannot be; the supervisor then ends the process, a little later so that the loop comes first.
"""

import asyncio
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from time import monotonic_ns
from typing import Any

from pipeline_engine import orders
from pipeline_engine.runner.batch_process import BatchProcess
from pipeline_engine.runner.loading import LoadedScript
from pipeline_engine.runner.outcomes import TookTooLong
from pipeline_engine.runner.record_run import OrderedResults, RecordRun
from pipeline_engine.runner.records import BrokenRecord
from pipeline_engine.shared_memory import LOADING

_SUPERVISOR_GRACE = 250_000_000
"""Nanoseconds by which the supervisor's time-out comes after the loop's."""

_WINDOW_PER_TASK = 4

_THREADS_LIMIT = 32
"""Threads for `def` stages of records in flight; a sandbox allows 64 processes and threads altogether."""


def run_asynchronously(process: BatchProcess) -> None:
    """Run setups and the job of `process`; leaves the loop as it is, since the process ends next."""
    asyncio.new_event_loop().run_until_complete(_run(process))


async def _run(process: BatchProcess) -> None:
    await _run_setups(process)
    await _order_given(process)
    process.take_job()
    tasks = process.job.concurrency
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(min(tasks, _THREADS_LIMIT)))
    published = asyncio.Event()
    results = OrderedResults(process, published.set)
    records = _Records(process, results, published)
    await asyncio.gather(*(_work(process, slot, records, results) for slot in range(tasks)))


async def _run_setups(process: BatchProcess) -> None:
    for loaded in process.scripts:
        if loaded.setup is not None:
            process.memory.progress[LOADING] = loaded.script.ordinal
            try:
                done = loaded.setup()
                if loaded.setup_awaits:
                    await done
            except BaseException as problem:
                process.refuse_setup(loaded, problem)
    process.notify(orders.READY)


async def _order_given(process: BatchProcess) -> None:
    """Wait until there is an order to read, while other tasks run."""
    loop = asyncio.get_running_loop()
    given = asyncio.Event()
    loop.add_reader(process.pipes.orders, given.set)
    try:
        await given.wait()
    finally:
        loop.remove_reader(process.pipes.orders)


class _Records:
    """The records of the job, handed out one at a time to the tasks that run them."""

    def __init__(self, process: BatchProcess, results: OrderedResults, published: asyncio.Event) -> None:
        self._process = process
        self._results = results
        self._published = published
        self._window = process.job.concurrency * _WINDOW_PER_TASK
        self._position = process.job.start
        self._waiting: deque[tuple[int, Any, BrokenRecord | None]] = deque()
        self._reading = asyncio.Lock()

    async def next(self) -> tuple[int, Any, BrokenRecord | None] | None:
        """The next record with its position, or what is wrong with it; None at the end of the job."""
        while not self._waiting:
            if self._position == self._process.job.stop:
                return None
            await self._read()
        item = self._waiting.popleft()
        while item[0] - self._results.next_position >= self._window:
            self._published.clear()
            await self._published.wait()
        return item

    async def _read(self) -> None:
        async with self._reading:
            if self._waiting or self._position == self._process.job.stop:
                return
            await _order_given(self._process)
            ready = self._process.next_input()
            for first, records, broken in self._process.slices_of(ready, self._position):
                self._waiting.extend((at, record, broken.get(at)) for at, record in enumerate(records, first))
            self._position = max(self._position, min(ready.first + ready.records, self._process.job.stop))


async def _work(process: BatchProcess, slot: int, records: _Records, results: OrderedResults) -> None:
    while (item := await records.next()) is not None:
        results.add(item[0], await _run_record(process, slot, *item))


async def _run_record(
    process: BatchProcess, slot: int, position: int, record: Any, broken: BrokenRecord | None
) -> bytes:
    run = RecordRun(process, slot, position)
    limit = process.pipeline.record_timeout
    deadline = asyncio.get_running_loop().time() + limit
    run.begin(monotonic_ns() + _SUPERVISOR_GRACE)
    loaded = process.scripts[0]
    try:
        if broken:
            raise broken
        for loaded in process.scripts:
            ordinal = loaded.script.ordinal
            began = run.enter(ordinal)
            record = await _call(loaded, record, deadline, process)
            run.leave(ordinal, began, record)
        return run.success()
    except BaseException as problem:
        return run.failure(problem, loaded)


async def _call(loaded: LoadedScript, record: Any, deadline: float, process: BatchProcess) -> Any:
    if not loaded.awaits:
        if process.job.concurrency == 1:
            return loaded.transform(record)
        return await asyncio.to_thread(loaded.transform, record)
    try:
        async with asyncio.timeout_at(deadline) as time_limit:
            return await loaded.transform(record)
    except TimeoutError as problem:
        if time_limit.expired():
            raise TookTooLong(process.pipeline.record_timeout) from (problem.__cause__ or problem)
        raise
