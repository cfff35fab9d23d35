"""Starts, restarts and ends loaders and batch processes for one `Listener`. Decides nothing about records."""

import os
import time
from collections.abc import Collection
from selectors import EVENT_READ
from typing import Protocol

from pipeline_engine.channels.loader_messages import LoaderMessage, LoaderMessageType, LoaderStart, ScriptTraits
from pipeline_engine.linux.processes import kill, kill_leftovers, memory_of, parent_of, raise_oom_score
from pipeline_engine.protocol.error_codes import ErrorCode
from pipeline_engine.protocol.pipeline import Pipeline
from pipeline_engine.protocol.priming import MODULES_LIMIT, is_module_name
from pipeline_engine.protocol.reports import ErrorReport
from pipeline_engine.supervisor.batch_process_handle import BatchProcessHandle
from pipeline_engine.supervisor.causes import Cause
from pipeline_engine.supervisor.context import Context
from pipeline_engine.supervisor.death_trace import DeathTrace
from pipeline_engine.supervisor.leftovers import Leftovers
from pipeline_engine.supervisor.loader_handle import LoaderHandle, PrimedLoader
from pipeline_engine.supervisor.start_errors import StartErrors

_NANOSECONDS = 1_000_000_000
_TIME_TO_REPORT_A_DEATH = 5 * _NANOSECONDS
_WAIT_STATUSES = range(0x10000)
_OOM_SCORE = 1000
_FAILED_REQUESTS_LIMIT = 3
_READS_AT_END = 300
"""More than a pipe holds."""
_NOTE_BYTES = 2000


class HostFailed(Exception):
    """No process for scripts can be started, for a reason other than the scripts."""


class Listener(Protocol):
    def scripts_loaded(self, has_setup: bool) -> None: ...

    def scripts_refused(self, error: ErrorReport) -> None: ...

    def batches_start_anew(self, reason: str) -> None: ...

    def process_started(self, process: BatchProcessHandle) -> None: ...

    def notices_received(self, process: BatchProcessHandle, notices: bytes) -> None: ...

    def process_ended(self, process: BatchProcessHandle, status: int | None) -> None: ...


class ScriptHost:
    """One loader and at most one batch process; `output` is the descriptor to which scripts print."""

    def __init__(
        self,
        pipeline: Pipeline,
        context: Context,
        output: int,
        listener: Listener,
        spared: Collection[int] = (),
        primed: PrimedLoader | None = None,
    ) -> None:
        self._pipeline = pipeline
        self._context = context
        self._listener = listener
        self._trace = DeathTrace(pipeline)
        context.close_in_forks.append(self._trace.close_read_end)
        self._start = LoaderStart(context.memory, pipeline, output, self._trace.write_end)
        self._start_errors = StartErrors(pipeline, context.memory)
        self._leftovers = Leftovers(spared)
        self._primed = primed
        self._loader: LoaderHandle | None = None
        self.imported_first: list[str] = []
        self._process_is_requested = False
        self._has_been_ready = False
        self._has_told_of_starts = False
        self._failed_requests = 0
        self.is_asynchronous = False
        self.memory_of_imports = 0
        self.process: BatchProcessHandle | None = None
        self._message_handlers = {
            LoaderMessageType.SCRIPTS_LOADED: self._scripts_loaded,
            LoaderMessageType.SCRIPTS_REFUSED: self._scripts_refused,
            LoaderMessageType.LOADER_MOVED: self._loader_moved,
            LoaderMessageType.PROCESS_FORKED: self._process_forked,
            LoaderMessageType.PROCESS_ENDED: self._process_ended,
            LoaderMessageType.IMPORTED_FIRST: self._imported_first,
            LoaderMessageType.BATCHES_START_ANEW: self._batches_start_anew,
        }

    def load(self) -> None:
        """Import the scripts in a new loader; the listener receives the outcome."""
        primed = self._primed.take(self._start) if self._primed is not None else None
        self._loader = primed or LoaderHandle(self._context, self._start)
        self._context.selector.register(self._loader, EVENT_READ, self._read_loader_messages)

    def request_process(self) -> None:
        """Start a batch process as soon as a loader is ready; raises HostFailed when that has failed too often."""
        self._process_is_requested = True
        if self._loader is None:
            self.load()
        elif self._loader.is_loaded and not self._loader.is_dismissed:
            self._start_process(self._loader)

    def _start_process(self, forking: LoaderHandle) -> None:
        try:
            pipes = forking.fork_batch_process()
        except OSError as problem:
            self._dismiss_after(problem, forking)
            return
        self._failed_requests = 0
        self._process_is_requested = False
        self._trace.take()
        self.process = BatchProcessHandle(pipes)
        self._context.selector.register(self.process, EVENT_READ, self._read_notices)
        self._listener.process_started(self.process)

    def _dismiss_after(self, problem: OSError, forking: LoaderHandle) -> None:
        """End a loader that cannot fork; `_end_loader` starts another, until that has failed too often."""
        self._failed_requests += not isinstance(problem, ConnectionError)
        if self._failed_requests == _FAILED_REQUESTS_LIMIT:
            raise HostFailed(f"no process for scripts can be started: {problem}")
        forking.dismiss()

    def kill_process(self, cause: Cause) -> None:
        """Kill the batch process after asking where it is; kill the loader if it has not forked the process yet."""
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
        """When `check_time` is due (time.monotonic_ns), or None."""
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
        # The first setup shares the time limit of the import, because the service waits for both together.
        return ((process.forked or process.began) if self._has_been_ready else self._loader.began) + limit

    def check_time(self) -> None:
        """Kill a loader or a setup that takes too long, or a loader that no longer responds."""
        deadline = self.deadline()
        if deadline is None or time.monotonic_ns() < deadline or self._loader is None:
            return
        limit = self._pipeline.load_timeout
        if self.process is not None and self.process.ending_since is not None:
            # A script has stopped the loader, which should have reported the death of its child.
            self._loader.kill()
            return
        if self._loader.is_loaded:
            self.kill_process(Cause(ErrorCode.SCRIPT_LOAD, f"setup did not return within {limit:g} s"))
            return
        message = f"the script did not finish loading within {limit:g} s"
        self._loader.killed_for = Cause(ErrorCode.SCRIPT_LOAD, message)
        self._loader.last_frames = self._trace.ask(self._loader.number)
        self._loader.kill()

    def child_died(self, number: int, status: int) -> None:
        current = self._loader
        if current is None or number != current.number:
            return
        self._read_loader_messages()
        # Its last message may have named a successor.
        if number == current.number:
            self._end_loader(current, status)

    def close(self) -> None:
        kill_leftovers(set())

    def _read_loader_messages(self) -> None:
        if self._loader is None:
            return
        sender = self._loader
        for message in sender.messages():
            self._message_handlers[message.type](sender, message)

    def _scripts_loaded(self, sender: LoaderHandle, message: LoaderMessage) -> None:
        if sender.is_loaded:
            return
        sender.is_loaded = True
        self.memory_of_imports = memory_of(sender.number)
        self._leftovers.keep_present(sender)
        self.is_asynchronous = bool(message.number & ScriptTraits.IS_ASYNCHRONOUS)
        self._listener.scripts_loaded(bool(message.number & ScriptTraits.HAS_SETUP))
        if self._process_is_requested:
            self._start_process(sender)

    def _scripts_refused(self, sender: LoaderHandle, message: LoaderMessage) -> None:
        sender.refused = ErrorReport.from_json(message.body)

    def _loader_moved(self, sender: LoaderHandle, message: LoaderMessage) -> None:
        # A loader that is loaded imports more before it forks, which it does only when it was asked to.
        may_move = not sender.is_loaded or (self.process is not None and self.process.number is None)
        if may_move and parent_of(message.number) in (sender.number, os.getpid()):
            sender.number = message.number

    def _imported_first(self, sender: LoaderHandle, message: LoaderMessage) -> None:
        names = message.body.decode("utf-8", "replace").split("\n")[:MODULES_LIMIT]
        if not sender.is_loaded and all(is_module_name(name) for name in names):
            self.imported_first = names

    def _batches_start_anew(self, _: LoaderHandle, message: LoaderMessage) -> None:
        if not self._has_told_of_starts:
            self._has_told_of_starts = True
            words = message.body[:_NOTE_BYTES].decode("utf-8", "replace").split()
            self._listener.batches_start_anew(" ".join(words))

    def _process_forked(self, sender: LoaderHandle, message: LoaderMessage) -> None:
        process = self.process
        # The loader runs user code, so the number is checked before anything is killed by it.
        if process is None or sender.number not in (message.number, parent_of(message.number)):
            return
        if process.number is None:
            process.forked = time.monotonic_ns()
        process.number = message.number
        self._raise_oom_score(process)
        if process.killed_for or process.has_finished:
            kill(process.number)

    def _process_ended(self, sender: LoaderHandle, message: LoaderMessage) -> None:
        if self.process is not None and self.process.number != sender.number:
            self._end_process(self.process, message.number if message.number in _WAIT_STATUSES else None)

    def _raise_oom_score(self, process: BatchProcessHandle) -> None:
        """Have the kernel kill the batch process before the loader when memory runs out."""
        # Until the process is ready its files in /proc belong to root; scripts may not write there at all.
        if process.number is not None and process.is_ready:
            raise_oom_score(process.number, _OOM_SCORE)

    def _read_notices(self) -> None:
        process = self.process
        if process is None:
            return
        notices = process.notices()
        if notices is None:
            self._context.selector.unregister(process)
            return
        was_ready = process.is_ready
        process.note(notices)
        if not was_ready:
            self._raise_oom_score(process)
        self._has_been_ready = self._has_been_ready or process.is_ready
        self._listener.notices_received(process, notices)
        if process.has_finished and process.number is not None:
            kill(process.number)

    def _end_process(self, process: BatchProcessHandle, status: int | None) -> None:
        self._leftovers.clear(self._loader)
        # All processes that could write notices are dead now; read what is still in the pipe.
        for _ in range(_READS_AT_END):
            if process.fileno() not in self._context.selector.get_map():
                break
            self._read_notices()
        else:
            self._context.selector.unregister(process)
        self.process = None
        process.close()
        process.last_frames = process.last_frames or self._trace.take()
        if not process.is_ready:
            process.start_error = self._start_errors.of_batch_process(process, status)
        self._listener.process_ended(process, status)

    def _end_loader(self, dead: LoaderHandle, status: int) -> None:
        self._context.selector.unregister(dead)
        dead.close()
        self._loader = None
        if self.process is not None:
            self._end_process(self.process, status if self.process.number == dead.number else None)
        else:
            self._leftovers.clear(None)
        if dead.was_primed and not dead.is_loaded and dead.refused is None and dead.killed_for is None:
            # These scripts begin with other imports, or it died; an ordinary loader says why.
            self.load()
        elif not dead.is_loaded:
            self._process_is_requested = False
            dead.last_frames = dead.last_frames or self._trace.take()
            self._listener.scripts_refused(self._start_errors.of_loader(dead, status))
        elif self._process_is_requested and self._loader is None:
            self.load()
