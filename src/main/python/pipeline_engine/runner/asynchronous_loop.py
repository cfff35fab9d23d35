"""Pipelines with an `async def`: every coroutine of the process runs on one event loop.

A plain `def` never runs inside that loop, because `asyncio.run` and its like refuse to work there. With one record in
flight the loop is stopped while a `def` runs; with several, each `def` runs in a thread.

A record that takes too long is cancelled here and fails alone. One that blocks the loop cannot be cancelled; the
supervisor ends the process, a little later so that the loop has the first chance.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import Executor, ThreadPoolExecutor
from contextvars import copy_context
from time import monotonic_ns
from typing import Any

from pipeline_engine.channels.batch_orders import Notice
from pipeline_engine.runner.batch_process import BatchProcess
from pipeline_engine.runner.event_loop_policy import install_event_loop_policy
from pipeline_engine.runner.loaded_script import LoadedScript
from pipeline_engine.runner.outcomes import TookTooLong
from pipeline_engine.runner.record_run import OrderedResults, RecordRun
from pipeline_engine.values.records import Item

_SUPERVISOR_GRACE = 250_000_000
"""Nanoseconds from the time-out of the loop to that of the supervisor."""

_SECONDS_BETWEEN_LOOKS = 0.02
"""At least, while the time of a record that waits stands still."""

_WINDOW_PER_TASK = 4

_THREADS_LIMIT = 32
"""Threads for `def` stages; a sandbox allows 64 processes and threads altogether."""


class _EventLoop:
    """The event loop of the process, which runs only while a coroutine is waited for.

    Functions and coroutines share one context, so every stage sees a ContextVar that `setup` has set.
    """

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._context = copy_context()

    def time(self) -> float:
        return self._loop.time()

    def wait_for(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        """Run the loop until the coroutine is done; returns or raises what the coroutine does."""
        task = self._loop.create_task(_outcome_of(coroutine), context=self._context)
        returned, raised = self._loop.run_until_complete(task)
        if raised is not None:
            raise raised
        return returned

    def call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Call a plain function while the loop is stopped."""
        return self._context.run(function, *arguments)


async def _outcome_of(coroutine: Coroutine[Any, Any, Any]) -> tuple[Any, BaseException | None]:
    """What it returns or raises; SystemExit and its like would stop the loop if they left a task."""
    try:
        return await coroutine, None
    except BaseException as problem:
        return None, problem


def run_asynchronously(process: BatchProcess) -> None:
    """Run the setups and the job of `process`. The loop is not closed, because the process ends next."""
    install_event_loop_policy()
    loop = _EventLoop()
    _run_setups(process, loop)
    loop.wait_for(_order_given(process))
    process.take_job()
    if process.job.concurrency > 1 or all(loaded.awaits for loaded in process.scripts):
        # Also with one record at a time if every stage is `async def`: the loop need not stop between them.
        loop.wait_for(_run_side_by_side(process))
    else:
        _run_one_by_one(process, loop)


def _run_setups(process: BatchProcess, loop: _EventLoop) -> None:
    for loaded in process.scripts:
        if loaded.setup is not None:
            process.memory.begin_loading(loaded.script.ordinal)
            try:
                if loaded.setup_awaits:
                    loop.wait_for(_await_setup(loaded.setup))
                else:
                    loop.call(loaded.setup)
            except BaseException as problem:
                process.refuse_setup(loaded, problem)
    process.notify(Notice.SETUP_DONE)


async def _await_setup(setup: Callable[[], Any]) -> None:
    await setup()


def _run_one_by_one(process: BatchProcess, loop: _EventLoop) -> None:
    results = OrderedResults(process, lambda: None)
    position = process.job.start
    while position < process.job.stop:
        loop.wait_for(_order_given(process))
        ready = process.next_input()
        for found in process.slices_of(ready, position):
            for item in found.items():
                results.add(item.position, _run_alone(process, loop, item))
        position = max(position, min(ready.first + ready.records, process.job.stop))


def _run_alone(process: BatchProcess, loop: _EventLoop, item: Item) -> bytes:
    run = RecordRun(process, 0, item)
    time_limit = _TimeLimit(process, item.position, loop.time())
    loop.call(run.begin, monotonic_ns() + _SUPERVISOR_GRACE)

    def call(loaded: LoadedScript, record: Any) -> Any:
        if loaded.awaits:
            return loop.wait_for(_await(loaded, record, time_limit))
        return loop.call(loaded.transform, record)

    return run.through(call)


async def _run_side_by_side(process: BatchProcess) -> None:
    tasks = process.job.concurrency
    # Not the loop's own executor, so that work which an `async def` hands to that one need not wait.
    threads = ThreadPoolExecutor(min(tasks, _THREADS_LIMIT))
    published = asyncio.Event()
    results = OrderedResults(process, published.set)
    records = _Records(process, results, published)
    await asyncio.gather(*(_work(process, slot, records, results, threads) for slot in range(tasks)))


async def _order_given(process: BatchProcess) -> None:
    """Wait for an order while other tasks run."""
    loop = asyncio.get_running_loop()
    given = asyncio.Event()
    loop.add_reader(process.orders, given.set)
    try:
        await given.wait()
    finally:
        loop.remove_reader(process.orders)


class _Records:
    """Hands out the records of the job to the tasks that run them."""

    def __init__(self, process: BatchProcess, results: OrderedResults, published: asyncio.Event) -> None:
        self._process = process
        self._results = results
        self._published = published
        self._window = process.job.concurrency * _WINDOW_PER_TASK
        self._position = process.job.start
        self._waiting: deque[Item] = deque()
        self._reading = asyncio.Lock()

    async def next(self) -> Item | None:
        """The next record; None at the end of the job."""
        while not self._waiting:
            if self._position == self._process.job.stop:
                return None
            await self._read()
        item = self._waiting.popleft()
        while item.position - self._results.next_position >= self._window:
            self._published.clear()
            await self._published.wait()
        return item

    async def _read(self) -> None:
        async with self._reading:
            if self._waiting or self._position == self._process.job.stop:
                return
            await _order_given(self._process)
            ready = self._process.next_input()
            for found in self._process.slices_of(ready, self._position):
                self._waiting.extend(found.items())
            self._position = max(self._position, min(ready.first + ready.records, self._process.job.stop))


async def _work(
    process: BatchProcess, slot: int, records: _Records, results: OrderedResults, threads: Executor
) -> None:
    while (item := await records.next()) is not None:
        results.add(item.position, await _run_beside_others(process, slot, threads, item))


async def _run_beside_others(process: BatchProcess, slot: int, threads: Executor, item: Item) -> bytes:
    run = RecordRun(process, slot, item)
    time_limit = _TimeLimit(process, item.position, asyncio.get_running_loop().time())
    run.begin(monotonic_ns() + _SUPERVISOR_GRACE)

    def call(loaded: LoadedScript, record: Any) -> Awaitable[Any]:
        if loaded.awaits:
            return _await(loaded, record, time_limit)
        context = copy_context()
        return asyncio.get_running_loop().run_in_executor(threads, lambda: context.run(loaded.transform, record))

    return await run.through_awaiting(call)


class _TimeLimit:
    """The time of one record that begins at `began` (time of the loop), without that for which its calls only wait."""

    def __init__(self, process: BatchProcess, position: int, began: float) -> None:
        self.seconds = process.pipeline.record_timeout
        self._process = process
        self._position = position
        self._deadline = began + self.seconds
        self._timer: asyncio.TimerHandle | None = None

    def begin(self) -> asyncio.Timeout:
        """A timeout that expires when the time is over."""
        if self._process.memory.outbound is None:
            return asyncio.timeout_at(self._deadline)
        timeout = asyncio.timeout(None)
        self._look_in(self._left(), timeout)
        return timeout

    def end(self) -> None:
        """The timeout is no longer needed."""
        if self._timer is not None:
            self._timer.cancel()

    def _left(self) -> float:
        waited = self._process.seconds_waited(self._position)
        return self._deadline + waited - asyncio.get_running_loop().time()

    def _look_in(self, seconds: float, timeout: asyncio.Timeout) -> None:
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(max(seconds, _SECONDS_BETWEEN_LOOKS), self._look, timeout)

    def _look(self, timeout: asyncio.Timeout) -> None:
        left = self._left()
        if left > 0:
            self._look_in(left, timeout)
        else:
            timeout.reschedule(asyncio.get_running_loop().time())


async def _await(loaded: LoadedScript, record: Any, time_limit: _TimeLimit) -> Any:
    """Await a transform; raises TookTooLong when the time of the record is over."""
    timeout = time_limit.begin()
    try:
        async with timeout:
            return await loaded.transform(record)
    except TimeoutError as problem:
        if timeout.expired():
            raise TookTooLong(time_limit.seconds) from (problem.__cause__ or problem)
        raise
    finally:
        time_limit.end()
