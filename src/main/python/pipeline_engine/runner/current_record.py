"""The record that the current thread, task or process works on, for what it prints and whom it calls."""

import _thread
import sys
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from pipeline_engine.channels.batch_orders import Job
from pipeline_engine.channels.call_origins import UNKNOWN, CallOrigin
from pipeline_engine.channels.shared_memory import SharedMemory

current_index: ContextVar[int | None] = ContextVar("current_index", default=None)
"""Index of the record in the dataset; None in the serial loop, which uses its slot in shared memory instead."""

_pool_index: ContextVar[int | None] = ContextVar("pool_index", default=None)
"""The record that started the thread of a pool, which may work for other records later."""

_POOLS = ("concurrent.futures.thread", "multiprocessing.pool")


class CurrentRecord:
    """Finds the record of a line of output or of a call; none if it is not certain.

    `follow_slot` is called if one record at a time runs in the main thread. `since` is when the job was taken, in
    nanoseconds.
    """

    def __init__(self, memory: SharedMemory) -> None:
        self._memory = memory
        self._job: Job | None = None
        self.since = 0
        self._follows_slot = False
        self._main_thread = _thread.get_ident()
        self._is_fork = False
        self._forked_by: int | None = None

    def follow(self, job: Job) -> None:
        """Records of this job are in flight once it has been taken."""
        self._job = job

    def follow_slot(self) -> None:
        """The main thread works on the record in the first slot."""
        self._follows_slot = True

    @property
    def is_one_of_several(self) -> bool:
        """Whether more than one record may be in flight."""
        return self._job is not None and self._job.concurrency > 1

    def prefix(self) -> bytes:
        """The beginning of a line: `#` and the index, empty if it is not known."""
        index = self.index()
        return b"" if index is None else b"#%d " % index

    def index(self) -> int | None:
        if self._is_fork:
            return self._forked_by if self._is_in_flight(self._forked_by) else None
        index = current_index.get()
        if index is not None:
            return index
        position = self._memory.position_in(0) if self._follows_slot else None
        if position is None or self._job is None:
            return None
        in_flight = self._job.base + position
        is_its_own = _thread.get_ident() == self._main_thread or _pool_index.get() == in_flight
        return in_flight if is_its_own else None

    def origin(self) -> CallOrigin:
        """The record, for a call that it makes."""
        index = self.index()
        if index is None or self._job is None:
            return UNKNOWN
        stage = self._memory.stage_of(index - self._job.base, self._job.concurrency)
        return CallOrigin(index, stage, self.since)

    def _is_in_flight(self, index: int | None) -> bool:
        if index is None or self._job is None:
            return False
        position = index - self._job.base
        return any(self._memory.position_in(slot) == position for slot in range(self._job.concurrency))

    def watch_threads(self) -> None:
        """Pass the record on to threads that scripts start; `begin_fork` does so for processes."""
        # `threading` may be imported later, by a script; it then takes the functions of `_thread`.
        for module, prefix in ((_thread, ""), (sys.modules.get("threading"), "_")):
            for name in (f"{prefix}start_new_thread", f"{prefix}start_joinable_thread"):
                if hasattr(module, name):
                    setattr(module, name, self._starting(getattr(module, name)))

    def end_import(self) -> None:
        """In the loader: batch processes belong to no record."""
        self._is_fork = False

    def begin_fork(self) -> None:
        """In a process that a script has forked: it belongs to the record that the script works on."""
        self._forked_by = None if self._is_fork else self.index()
        self._is_fork = True

    def _starting(self, start: Callable[..., Any]) -> Callable[..., Any]:
        def start_thread(function: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
            index = self.index()
            if index is None:
                return start(function, *arguments, **named)
            variable = _pool_index if _is_of_a_pool(function) else current_index

            def begin(*arguments: Any, **named: Any) -> Any:
                variable.set(index)
                return function(*arguments, **named)

            return start(begin, *arguments, **named)

        return start_thread


def _is_of_a_pool(function: Callable[..., Any]) -> bool:
    """Whether a thread runs the work of a pool; `function` is the start method of a `threading.Thread`."""
    target = getattr(getattr(function, "__self__", None), "_target", None)
    return getattr(target, "__module__", None) in _POOLS
