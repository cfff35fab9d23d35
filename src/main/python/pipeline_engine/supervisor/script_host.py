"""Keeps the loader alive and forks batch processes from it, whatever the scripts do to either.

It reports to one `Listener` and decides nothing about records.
"""

import os
import time
from collections.abc import Callable
from selectors import EVENT_READ, BaseSelector
from typing import Any, Protocol

from pipeline_engine.protocol.codes import SCRIPT_LOAD
from pipeline_engine.protocol.pipeline import Pipeline, StageScript
from pipeline_engine.linux.processes import company_of, kill, kill_leftovers, parent_of, raise_oom_score
from pipeline_engine.protocol.reports import Report, report, report_from
from pipeline_engine.loader import loader
from pipeline_engine.channels.shared_memory import LOADING, SharedMemory
from pipeline_engine.supervisor.causes import Cause, cause_of_death
from pipeline_engine.supervisor.death_trace import DeathTrace
from pipeline_engine.supervisor.loader_handle import LoaderMessage, LoaderProcess
from pipeline_engine.supervisor.batch_process_handle import RunningProcess
from pipeline_engine.linux.temporary_files import TemporaryFiles
from pipeline_engine.scripts.user_frames import UserFrame, format_frames

_NANOSECONDS = 1_000_000_000
_TIME_TO_REPORT_A_DEATH = 5 * _NANOSECONDS
_WAIT_STATUSES = range(0x10000)
_REPORT_LIMIT = 262_144
_OOM_SCORE = 1000
_FAILED_REQUESTS_LIMIT = 3
_READS_AT_END = 300
"""More than a pipe holds."""


class HostFailed(Exception):
    """No process for scripts can be had, and it is none of the scripts' doing."""


class Listener(Protocol):
    """Who is told what becomes of the scripts."""

    def scripts_loaded(self, has_setup: bool) -> None: ...

    def scripts_refused(self, error: Report) -> None: ...

    def process_started(self, process: RunningProcess) -> None: ...

    def process_spoke(self, process: RunningProcess, notices: bytes) -> None: ...

    def process_ended(self, process: RunningProcess, status: int | None) -> None: ...


class ScriptHost:
    """One loader at a time and at most one batch process.

    `is_asynchronous` tells whether an `async def` is among the scripts.
    """

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
        self._trace = DeathTrace(pipeline)
        self._temporary_files = TemporaryFiles() if os.getpid() == 1 else None
        self._loader: LoaderProcess | None = None
        self._wants_process = False
        self._has_been_ready = False
        self._failed_requests = 0
        self.is_asynchronous = False
        self.process: RunningProcess | None = None

    def load(self) -> None:
        """Import the scripts in a new loader; the listener hears what comes of it."""
        self._loader = LoaderProcess(
            self._memory, self._pipeline, self._output, self._trace.write_end, self._close_what_is_private
        )
        self._selector.register(self._loader, EVENT_READ, self._hear_loader)

    def _close_what_is_private(self) -> None:
        self._close_private()
        self._trace.close_read_end()

    def want_process(self) -> None:
        """Start a batch process as soon as there is a loader to fork it, which may be made anew.

        Raises HostFailed when that has failed too often.
        """
        self._wants_process = True
        if self._loader is None:
            self.load()
        elif self._loader.is_loaded and not self._loader.is_dismissed:
            self._start_process(self._loader)

    def _start_process(self, forking: LoaderProcess) -> None:
        try:
            pipes = forking.fork_batch_process()
        except OSError as problem:
            self._dismiss_after(problem, forking)
            return
        self._failed_requests = 0
        self._wants_process = False
        self._trace.take()
        self.process = RunningProcess(pipes)
        self._selector.register(self.process, EVENT_READ, self._hear_process)
        self._listener.process_started(self.process)

    def _dismiss_after(self, problem: OSError, forking: LoaderProcess) -> None:
        """Once the loader is buried, `_bury_loader` makes another; that helps unless the kernel is short of something."""
        self._failed_requests += not isinstance(problem, ConnectionError)
        if self._failed_requests == _FAILED_REQUESTS_LIMIT:
            raise HostFailed(f"no process for scripts can be started: {problem}")
        forking.dismiss()

    def kill_process(self, cause: Cause) -> None:
        """End the batch process, finding out where it is; the loader too if it has not even forked it."""
        process = self.process
        if process is None or process.killed_for:
            return
        process.kill_for(cause)
        if process.number is not None:
            process.last_frames = self._trace.ask(process.number)
            kill(process.number)
        elif self._loader is not None:
            self._loader.kill()

    def deadline(self) -> int | None:
        """When `check_time` has something to do, on the clock of `time.monotonic_ns`."""
        limit = int(self._pipeline.load_timeout * _NANOSECONDS)
        if self._loader is not None and not self._loader.is_loaded:
            return None if self._loader.killed_for else self._loader.began + limit
        process = self.process
        if process is None or self._loader is None:
            return None
        if process.ending_since is not None:
            return process.ending_since + _TIME_TO_REPORT_A_DEATH
        if process.is_ready:
            return None
        # The very first setup shares the time of the import: the service waits for both together.
        return (process.began if self._has_been_ready else self._loader.began) + limit

    def check_time(self) -> None:
        """Kill a loader or a setup that takes too long, or a loader that no longer does its work."""
        deadline = self.deadline()
        if deadline is None or time.monotonic_ns() < deadline or self._loader is None:
            return
        limit = self._pipeline.load_timeout
        if self.process is not None and self.process.ending_since is not None:
            # A script has stopped the loader, which should have told of the death of its child.
            self._loader.kill()
            return
        if self._loader.is_loaded:
            self.kill_process(Cause(SCRIPT_LOAD, f"setup did not return within {limit:g} s"))
            return
        self._loader.killed_for = Cause(SCRIPT_LOAD, f"the script did not finish loading within {limit:g} s")
        self._loader.last_frames = self._trace.ask(self._loader.number)
        self._loader.kill()

    def child_died(self, number: int, status: int) -> None:
        """Take note of the death of a child of the supervisor; all but the loader are orphans of scripts."""
        current = self._loader
        if current is None or number != current.number:
            return
        self._hear_loader()
        # It may have said that another process goes on in its place.
        if number == current.number:
            self._bury_loader(current, status)

    def close(self) -> None:
        """End everything."""
        kill_leftovers(set())

    def _hear_loader(self) -> None:
        if self._loader is None:
            return
        speaking = self._loader
        for message in speaking.messages():
            self._take(speaking, message)

    def _take(self, speaking: LoaderProcess, message: LoaderMessage) -> None:
        if message.kind == loader.LOADED and not speaking.is_loaded:
            self._note_loaded(speaking, message.number)
        elif message.kind == loader.MOVED and not speaking.is_loaded:
            if parent_of(message.number) in (speaking.number, os.getpid()):
                speaking.number = message.number
        elif message.kind == loader.REFUSED:
            speaking.refused = report_from(message.body)
        elif message.kind == loader.FORKED and self.process is not None:
            self._identify(self.process, message.number, speaking)
        elif message.kind == loader.EXITED and self.process is not None:
            self._bury_process(self.process, message.number if message.number in _WAIT_STATUSES else None)

    def _note_loaded(self, speaking: LoaderProcess, traits: int) -> None:
        speaking.is_loaded = True
        kill_leftovers({speaking.number})
        speaking.company = company_of(speaking.number)
        self.is_asynchronous = bool(traits & loader.IS_ASYNCHRONOUS)
        if self._temporary_files is not None:
            self._temporary_files.keep_present()
        self._listener.scripts_loaded(bool(traits & loader.HAS_SETUP))
        if self._wants_process:
            self._start_process(speaking)

    def _identify(self, process: RunningProcess, number: int, parent: LoaderProcess) -> None:
        # The loader runs user code; what it says is checked before anything gets killed by that number.
        if parent_of(number) != parent.number:
            return
        process.number = number
        self._rank(process)
        if process.killed_for or process.has_finished:
            kill(number)

    def _rank(self, process: RunningProcess) -> None:
        """Have the kernel take the batch process before the loader, once it is known and its files in /proc are its own."""
        # Not left to the process itself: scripts may not write there.
        if process.number is not None and process.is_ready:
            raise_oom_score(process.number, _OOM_SCORE)

    def _hear_process(self) -> None:
        process = self.process
        if process is None:
            return
        notices = process.notices()
        if notices is None:
            self._selector.unregister(process)
            return
        was_ready = process.is_ready
        for notice in notices:
            process.note(bytes([notice]))
        if not was_ready:
            self._rank(process)
        self._has_been_ready = self._has_been_ready or process.is_ready
        self._listener.process_spoke(process, notices)
        if process.has_finished and process.number is not None:
            kill(process.number)

    def _bury_process(self, process: RunningProcess, status: int | None) -> None:
        self._clear_up()
        # Nobody should be left who could add to the notices that are still in the pipe.
        for _ in range(_READS_AT_END):
            if process.fileno() not in self._selector.get_map():
                break
            self._hear_process()
        else:
            self._selector.unregister(process)
        self.process = None
        process.close()
        process.last_frames = process.last_frames or self._trace.take()
        if not process.is_ready:
            process.start_error = self._start_error(process, status)
        self._listener.process_ended(process, status)

    def _clear_up(self) -> None:
        """Leave nothing of the scripts but the loader as it was, and what was there when it had loaded them."""
        current = self._loader
        kill_leftovers({current.number} if current else set())
        if current is not None and current.is_loaded and company_of(current.number) != current.company:
            # What an import has left to run at every fork has made a thread or a process in it.
            current.dismiss()
        if self._temporary_files is not None:
            self._temporary_files.clear()

    def _bury_loader(self, dead: LoaderProcess, status: int) -> None:
        self._selector.unregister(dead)
        dead.close()
        self._loader = None
        if self.process is not None:
            self._bury_process(self.process, None)
        else:
            self._clear_up()
        if not dead.is_loaded:
            self._wants_process = False
            self._listener.scripts_refused(dead.refused or self._load_error(dead, status))
        elif self._wants_process and self._loader is None:
            self.load()

    def _load_error(self, dead: LoaderProcess, status: int) -> Report:
        frames = dead.last_frames or self._trace.take()
        if dead.killed_for:
            return self._error_at(frames, dead.killed_for.message)
        cause = cause_of_death(status, dead.oom_watch.was_short_of_memory())
        return self._error_at(frames, f"{cause.message} while the script was loaded")

    def _start_error(self, process: RunningProcess, status: int | None) -> Report:
        if process.setup_failed:
            written = report_from(self._memory.results[: min(self._memory.published(), _REPORT_LIMIT)])
            return written or self._error_at([], "setup failed and left no readable report")
        cause = process.killed_for or cause_of_death(status, process.oom_watch.was_short_of_memory())
        return self._error_at(process.last_frames, f"{cause.message} before the first record")

    def _error_at(self, frames: list[UserFrame], message: str) -> Report:
        traceback = f"{format_frames(frames)}{SCRIPT_LOAD}: {message}" if frames else None
        return report(SCRIPT_LOAD, message, self._script_being_loaded(), frames[-1].line if frames else None, traceback)

    def _script_being_loaded(self) -> StageScript:
        """The script whose import or setup was running last."""
        ordinal = self._memory.progress[LOADING]
        return self._pipeline.stages[min(ordinal, len(self._pipeline.stages) - 1)]
