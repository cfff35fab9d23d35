"""The supervisor: the process that talks to the service and never runs user code.

One loop over the socket, the loader, the batch process, the log and the clock. It never blocks on any of
them. A violation of the protocol by the service, or the end of the socket, ends the engine.
"""

import json
import os
import platform
import signal
import socket
import time
from selectors import EVENT_READ, EVENT_WRITE, DefaultSelector
from typing import Any

from pipeline_engine import ENGINE_VERSION, frames
from pipeline_engine.batch_log import BatchLog
from pipeline_engine.batch_run import BatchRun
from pipeline_engine.checks import check_in_a_child
from pipeline_engine.codes import SCRIPT_LOAD
from pipeline_engine.errors import report, to_json
from pipeline_engine.frames import ConnectionClosed, Frame, ProtocolViolation, ServiceConnection
from pipeline_engine.pipeline import InvalidPipeline, Pipeline
from pipeline_engine.processes import adopt_orphans, close_to_others, reap
from pipeline_engine.running_process import RunningProcess
from pipeline_engine.script_host import NANOSECONDS, ScriptHost
from pipeline_engine.shared_memory import SharedMemory
from pipeline_engine.values import JSON_MODULE

_LOG_READ = 65_536
PROTOCOL = 1


class Supervisor:
    """The engine's side of one sandbox."""

    def __init__(self, channel: socket.socket) -> None:
        self._memory = SharedMemory()
        self._connection = ServiceConnection(channel, self._buffer_for)
        self._selector = DefaultSelector()
        self._selector.register(self._connection, EVENT_READ, self._hear_service)
        self._wakeup, self._wakeup_write = os.pipe()
        self._log_read, self._log_write = os.pipe()
        self._log_buffer = bytearray(_LOG_READ)
        self._log = BatchLog(0)
        self._early_log = b""
        self._pipeline: Pipeline | None = None
        self._host: ScriptHost | None = None
        self._batch: BatchRun | None = None
        self._is_loaded = False

    def run(self) -> None:
        """Serve until the service closes the socket or breaks the protocol."""
        adopt_orphans()
        close_to_others()
        self._catch_signals()
        try:
            self._connection.send(frames.HELLO, json.dumps(_hello()).encode())
            while True:
                self._turn()
        except (ConnectionClosed, ProtocolViolation, InvalidPipeline) as end:
            # To the container's own output, which nobody but a developer sees.
            os.write(2, f"engine ends: {end}\n".encode())
        finally:
            if self._host is not None:
                self._host.close()

    def _catch_signals(self) -> None:
        """Only deaths of children wake the loop; a script must not be able to end PID 1 by a signal."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for descriptor in (self._wakeup, self._wakeup_write, self._log_read):
            os.set_blocking(descriptor, False)
        signal.set_wakeup_fd(self._wakeup_write, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
        self._selector.register(self._wakeup, EVENT_READ, self._bury_children)
        self._selector.register(self._log_read, EVENT_READ, self._read_log)

    def _turn(self) -> None:
        """Wait for something to happen and deal with it."""
        interest = EVENT_READ | EVENT_WRITE if self._connection.pending_bytes else EVENT_READ
        self._selector.modify(self._connection, interest, self._hear_service)
        for key, events in self._selector.select(self._patience()):
            if key.fileobj is self._connection and events & EVENT_WRITE:
                self._connection.flush()
            # An earlier event of this turn may have closed what this one is about.
            if events & EVENT_READ and self._selector.get_map().get(key.fd) is key:
                key.data()
        if self._host is not None:
            self._host.check_time()
        if self._batch is not None:
            self._batch.make_room()
            self._batch.check_time()
            self._end_batch_if_complete()

    def _patience(self) -> float | None:
        deadlines = [part.deadline() for part in (self._host, self._batch) if part is not None]
        known = [deadline for deadline in deadlines if deadline is not None]
        return max(0.0, (min(known) - time.monotonic_ns()) / NANOSECONDS) if known else None

    def _buffer_for(self, kind: bytes, length: int) -> memoryview:
        if kind != frames.INPUT:
            return memoryview(bytearray(length))
        if self._batch is None:
            raise ProtocolViolation("INPUT outside of a batch")
        return self._batch.input.buffer_for(length)

    def _hear_service(self) -> None:
        for frame in self._connection.receive():
            self._obey(frame)

    def _obey(self, frame: Frame) -> None:
        if frame.kind == frames.INPUT:
            self._batch.input_arrived(frame.payload)
        elif frame.kind == frames.BATCH and self._is_loaded and self._batch is None:
            self._begin_batch(*frames.BATCH_PAYLOAD.unpack(frame.payload))
        elif frame.kind == frames.PIPELINE and self._pipeline is None:
            self._load(Pipeline.parse(bytes(frame.payload)))
        elif frame.kind == frames.CHECK and self._pipeline is None:
            self._connection.send(frames.CHECKED, to_json({"problems": check_in_a_child(bytes(frame.payload))}))
        else:
            raise ProtocolViolation(f"frame {frame.kind!r} out of turn")

    def _load(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline
        self._log = BatchLog(pipeline.log_limit)
        self._host = ScriptHost(self._memory, pipeline, self._log_write, self._selector, self, self._close_private)
        self._host.load()

    def _close_private(self) -> None:
        """Close, in a fork that will run user code, what only the supervisor may hold."""
        self._connection.close()
        self._selector.close()
        for descriptor in (self._wakeup, self._wakeup_write, self._log_read):
            os.close(descriptor)

    def _begin_batch(self, base: int, total: int) -> None:
        if not total:
            raise ProtocolViolation("a batch without records")
        self._batch = BatchRun(
            self._pipeline, self._memory, base, total, self._connection, self._host.want_process, self._host.kill_process
        )
        if self._early_log:
            self._connection.send(frames.LOG, self._early_log)
            self._early_log = b""
        if self._host.process is not None:
            self._batch.begin(self._host.process)
        else:
            self._host.want_process()

    def _end_batch_if_complete(self) -> None:
        if not self._batch.is_complete:
            return
        while self._read_log():
            pass
        tail = self._log.finish()
        if tail:
            self._connection.send(frames.LOG, tail)
        self._connection.send(frames.DONE, self._batch.summary())
        self._log = BatchLog(self._pipeline.log_limit)
        self._batch = None
        # The next batch mostly follows at once; its process is forked while the service gets it ready.
        self._host.want_process()

    def scripts_loaded(self, has_setup: bool) -> None:
        """Listener: every script is imported."""
        if self._is_loaded:
            return
        if has_setup:
            # Its setups tell whether the pipeline can work; the process then waits for the first batch.
            self._host.want_process()
        else:
            self._say_loaded()

    def scripts_refused(self, error: dict[str, Any]) -> None:
        """Listener: a script cannot be loaded, or no longer."""
        if self._batch is not None:
            self._batch.start_failed(error)
        elif not self._is_loaded:
            self._refuse(error)

    def process_started(self, process: RunningProcess) -> None:
        """Listener: there is a batch process."""
        if self._batch is not None:
            self._batch.begin(process)

    def process_spoke(self, process: RunningProcess, notices: bytes) -> None:
        """Listener: the batch process has announced something."""
        if self._batch is not None:
            self._batch.process_spoke(notices)
        elif process.is_ready and not self._is_loaded:
            self._say_loaded()

    def process_ended(self, process: RunningProcess, status: int | None) -> None:
        """Listener: the batch process is buried."""
        if self._batch is not None:
            self._batch.process_ended(process, status)
        elif not self._is_loaded:
            self._refuse(process.start_error or report(SCRIPT_LOAD, "the process died before the first record"))

    def _say_loaded(self) -> None:
        self._is_loaded = True
        self._connection.send(frames.LOADED)

    def _refuse(self, error: dict[str, Any]) -> None:
        self._connection.send(frames.REFUSED, to_json(error))

    def _bury_children(self) -> None:
        os.read(self._wakeup, _LOG_READ)
        for process, status in reap():
            if self._host is not None:
                self._host.child_died(process, status)

    def _read_log(self) -> bool:
        try:
            size = os.readv(self._log_read, [self._log_buffer])
        except BlockingIOError:
            return False
        text = self._log.feed(memoryview(self._log_buffer)[:size])
        if self._batch is None:
            self._early_log += text
        elif text:
            self._connection.send(frames.LOG, text)
        return True


def _hello() -> dict[str, Any]:
    return {"protocol": PROTOCOL, "engine": ENGINE_VERSION, "python": platform.python_version(), "json": JSON_MODULE}
