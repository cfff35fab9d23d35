"""Keeps the loader alive and forks batch processes from it, whatever the scripts do to either.

It reports to one `Listener` and decides nothing about records.
"""

import json
import os
import time
from collections.abc import Callable
from selectors import EVENT_READ, BaseSelector
from typing import Any, Protocol

from pipeline_engine import loader
from pipeline_engine.causes import Cause, cause_of_death
from pipeline_engine.codes import SCRIPT_LOAD
from pipeline_engine.errors import report
from pipeline_engine.loader_process import LoaderMessage, LoaderProcess
from pipeline_engine.pipeline import Pipeline, StageScript
from pipeline_engine.processes import kill, kill_leftovers, oom_kills, parent_of
from pipeline_engine.running_process import RunningProcess
from pipeline_engine.shared_memory import LOADING, SharedMemory
from pipeline_engine.temporary_files import TemporaryFiles

NANOSECONDS = 1_000_000_000
_WAIT_STATUSES = range(0x10000)
_REPORT_LIMIT = 262_144


class Listener(Protocol):
    """Who is told what becomes of the scripts."""

    def scripts_loaded(self, has_setup: bool) -> None: ...

    def scripts_refused(self, error: dict[str, Any]) -> None: ...

    def process_started(self, process: RunningProcess) -> None: ...

    def process_spoke(self, process: RunningProcess, notices: bytes) -> None: ...

    def process_ended(self, process: RunningProcess, status: int | None) -> None: ...


class ScriptHost:
    """One loader at a time and at most one batch process."""

    def __init__(
        self,
        memory: SharedMemory,
        pipeline: Pipeline,
        output: int,
        selector: BaseSelector,
        listener: Listener,
        close_private: Callable[[], Any],
    ) -> None:
        self._memory = memory
        self._pipeline = pipeline
        self._output = output
        self._selector = selector
        self._listener = listener
        self._close_private = close_private
        self._loader: LoaderProcess | None = None
        self._oom_kills_before_load: int | None = None
        self._wants_process = False
        self._has_been_ready = False
        self._temporary_files = TemporaryFiles() if os.getpid() == 1 else None
        self._refused: dict[str, Any] | None = None
        self._killed_for_time = False
        self.process: RunningProcess | None = None

    def load(self) -> None:
        """Import the scripts in a new loader; the listener hears what comes of it."""
        self._refused = None
        self._killed_for_time = False
        self._oom_kills_before_load = oom_kills()
        self._loader = LoaderProcess(self._memory, self._pipeline, self._output, self._close_private)
        self._selector.register(self._loader, EVENT_READ, self._hear_loader)

    def want_process(self) -> None:
        """Start a batch process as soon as there is a loader to fork it, which may be made anew."""
        self._wants_process = True
        if self._loader is None:
            self.load()
        elif self._loader.is_loaded:
            self._start_process()

    def _start_process(self) -> None:
        try:
            pipes = self._loader.fork_batch_process()
        except OSError:
            # The loader is dead; once it is buried, `_bury_loader` makes another.
            return
        self._wants_process = False
        self.process = RunningProcess(pipes)
        self._selector.register(self.process, EVENT_READ, self._hear_process)
        self._listener.process_started(self.process)

    def kill_process(self, cause: Cause) -> None:
        """End the batch process, and the loader too if it has not even forked it."""
        if self.process is not None and not self.process.kill(cause):
            self.process.killed_for = cause
            self._loader.kill()

    def deadline(self) -> int | None:
        """When `check_time` has something to do, on the clock of `time.monotonic_ns`."""
        limit = int(self._pipeline.load_timeout * NANOSECONDS)
        if self._loader is not None and not self._loader.is_loaded:
            return self._loader.began + limit
        if self.process is not None and not self.process.is_ready and not self.process.killed_for:
            # The very first setup shares the time of the import: the service waits for both together.
            return (self.process.began if self._has_been_ready else self._loader.began) + limit
        return None

    def check_time(self) -> None:
        """Kill a loader or a setup that takes too long."""
        deadline = self.deadline()
        if deadline is None or time.monotonic_ns() < deadline:
            return
        if not self._loader.is_loaded:
            self._killed_for_time = True
            self._loader.kill()
            return
        self.kill_process(Cause(SCRIPT_LOAD, f"setup did not return within {self._pipeline.load_timeout:g} s"))

    def child_died(self, process: int, status: int) -> None:
        """Take note of the death of a child of the supervisor; all but the loader are orphans of scripts."""
        if self._loader is None or process != self._loader.process:
            return
        self._hear_loader()
        self._bury_loader(status)

    def close(self) -> None:
        """End everything."""
        if self._loader is not None:
            self._loader.kill()
        kill_leftovers(set())

    def _hear_loader(self) -> None:
        if self._loader is None:
            return
        for message in self._loader.messages():
            self._take(message)

    def _take(self, message: LoaderMessage) -> None:
        if message.kind == loader.LOADED and not self._loader.is_loaded:
            self._loader.is_loaded = True
            if self._temporary_files is not None:
                self._temporary_files.keep_present()
            self._listener.scripts_loaded(bool(message.number))
            if self._wants_process:
                self._start_process()
        elif message.kind == loader.REFUSED:
            self._refused = _report_from(message.body)
        elif message.kind == loader.FORKED and self.process is not None:
            self._identify_process(message.number)
        elif message.kind == loader.EXITED and self.process is not None:
            self._bury_process(message.number if message.number in _WAIT_STATUSES else None)

    def _identify_process(self, number: int) -> None:
        # The loader runs user code; what it says is checked before anything gets killed by that number.
        if parent_of(number) != self._loader.process:
            return
        self.process.process = number
        if self.process.killed_for or self.process.has_finished:
            kill(number)

    def _hear_process(self) -> None:
        process = self.process
        notices = process.notices()
        if notices is None:
            self._selector.unregister(process)
            return
        for notice in notices:
            process.note(bytes([notice]))
        self._has_been_ready = self._has_been_ready or process.is_ready
        self._listener.process_spoke(process, notices)
        if process.has_finished and process.process is not None:
            kill(process.process)

    def _bury_process(self, status: int | None) -> None:
        process = self.process
        self._clear_up()
        # Nobody is left who could add to the notices that are still in the pipe.
        while process.fileno() in self._selector.get_map():
            self._hear_process()
        self.process = None
        process.close()
        if not process.is_ready:
            process.start_error = self._start_error(process, status)
        self._listener.process_ended(process, status)

    def _clear_up(self) -> None:
        """Leave nothing of the scripts but the loader and what was there when it had loaded them."""
        kill_leftovers({self._loader.process} if self._loader else set())
        if self._temporary_files is not None:
            self._temporary_files.clear()

    def _bury_loader(self, status: int) -> None:
        was_loaded = self._loader.is_loaded
        self._selector.unregister(self._loader)
        self._loader.close()
        self._loader = None
        if self.process is not None:
            if self.process.process is not None:
                kill(self.process.process)
            self._bury_process(None)
        else:
            self._clear_up()
        if not was_loaded:
            self._wants_process = False
            self._listener.scripts_refused(self._refused or self._load_failure(status))
        elif self._wants_process and self._loader is None:
            self.load()

    def _start_error(self, process: RunningProcess, status: int | None) -> dict[str, Any]:
        if process.setup_failed:
            return _report_from(self._memory.results[: min(self._memory.published(), _REPORT_LIMIT)])
        cause = process.killed_for or cause_of_death(status, process.was_short_of_memory())
        return report(SCRIPT_LOAD, f"{cause.message} before the first record", self._script_being_loaded())

    def _load_failure(self, status: int) -> dict[str, Any]:
        if self._killed_for_time:
            message = f"the script did not finish loading within {self._pipeline.load_timeout:g} s"
        else:
            now, before = oom_kills(), self._oom_kills_before_load
            message = cause_of_death(status, None not in (now, before) and now > before).message
        return report(SCRIPT_LOAD, f"{message} while the script was loaded", self._script_being_loaded())

    def _script_being_loaded(self) -> StageScript:
        """The script whose import or setup was running last."""
        ordinal = self._memory.progress[LOADING]
        return self._pipeline.stages[min(ordinal, len(self._pipeline.stages) - 1)]


def _report_from(body: bytes) -> dict[str, Any]:
    """A report written by a process that runs user code: taken only if it looks like one."""
    try:
        error = json.loads(body)
    except ValueError:
        error = None
    if not isinstance(error, dict) or set(error) != set(report("", "")):
        return report(SCRIPT_LOAD, "the script failed to load and left no readable report")
    return error
