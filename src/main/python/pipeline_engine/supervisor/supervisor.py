"""The supervisor: the process that talks to the service.

One loop over the socket, the loader, the batch process, the log and the clock. A violation of the protocol by
the service, or the end of the socket, ends the engine.
"""

import json
import os
import platform
import signal
import socket
import time
from selectors import EVENT_READ, EVENT_WRITE, DefaultSelector

from pipeline_engine import ENGINE_VERSION
from pipeline_engine.protocol import frames
from pipeline_engine.protocol.frames import ConnectionClosed, Frame, ProtocolViolation, ServiceConnection
from pipeline_engine.protocol.pipeline import InvalidPipeline, Pipeline
from pipeline_engine.linux.processes import adopt_orphans, close_to_others, reap
from pipeline_engine.protocol.reports import to_json
from pipeline_engine.values.quick_encoder import JSON_MODULE
from pipeline_engine.channels.shared_memory import SharedMemory
from pipeline_engine.scripts.checks import check_in_a_child
from pipeline_engine.linux.confinement import confinement
from pipeline_engine.supervisor.pipeline_run import PipelineRun
from pipeline_engine.supervisor.script_host import HostFailed

PROTOCOL = 1
_NANOSECONDS = 1_000_000_000
_WAKEUP_READ = 4096


class Supervisor:
    """The engine's side of one sandbox."""

    def __init__(self, channel: socket.socket) -> None:
        self._memory = SharedMemory()
        self._connection = ServiceConnection(channel, self._buffer_for)
        self._selector = DefaultSelector()
        self._selector.register(self._connection, EVENT_READ, self._hear_service)
        self._wakeup, self._wakeup_write = os.pipe()
        self._run: PipelineRun | None = None

    def run(self) -> None:
        """Serve until the service closes the socket or breaks the protocol, or no scripts can be run any more."""
        adopt_orphans()
        close_to_others()
        self._catch_signals()
        try:
            self._connection.send(frames.HELLO, _hello())
            while True:
                self._turn()
        except (ConnectionClosed, ProtocolViolation, InvalidPipeline, HostFailed) as end:
            # To the container's own output, which nobody but a developer sees.
            os.write(2, f"engine ends: {end}\n".encode())
        finally:
            if self._run is not None:
                self._run.close()

    def _catch_signals(self) -> None:
        """Only deaths of children wake the loop; a script must not be able to end PID 1 by a signal."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for descriptor in (self._wakeup, self._wakeup_write):
            os.set_blocking(descriptor, False)
        signal.set_wakeup_fd(self._wakeup_write, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
        self._selector.register(self._wakeup, EVENT_READ, self._bury_children)

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
        if self._run is not None:
            self._run.check_time()

    def _patience(self) -> float | None:
        deadline = self._run.deadline() if self._run is not None else None
        return None if deadline is None else max(0.0, (deadline - time.monotonic_ns()) / _NANOSECONDS)

    def _buffer_for(self, kind: bytes, length: int) -> memoryview:
        if kind != frames.INPUT:
            return memoryview(bytearray(length))
        if self._run is None:
            raise ProtocolViolation("INPUT before a pipeline")
        return self._run.buffer_for_input(length)

    def _hear_service(self) -> None:
        for frame in self._connection.receive():
            self._obey(frame)

    def _obey(self, frame: Frame) -> None:
        if self._run is not None:
            self._run.obey(frame)
        elif frame.kind == frames.CHECK:
            self._connection.send(frames.CHECKED, to_json({"problems": check_in_a_child(bytes(frame.payload))}))
        elif frame.kind == frames.PIPELINE:
            pipeline = Pipeline.parse(bytes(frame.payload))
            self._run = PipelineRun(pipeline, self._memory, self._connection, self._selector, self._close_private)
        else:
            raise ProtocolViolation(f"frame {frame.kind!r} out of turn")

    def _close_private(self) -> None:
        """Close, in a fork that will run user code, what only the supervisor may hold."""
        self._connection.close()
        self._selector.close()
        os.close(self._wakeup)
        os.close(self._wakeup_write)

    def _bury_children(self) -> None:
        os.read(self._wakeup, _WAKEUP_READ)
        buried = reap()
        if buried:
            # There may be more.
            os.write(self._wakeup_write, b".")
        for process, status in buried:
            if self._run is not None:
                self._run.child_died(process, status)


def _hello() -> bytes:
    hello = {
        "protocol": PROTOCOL,
        "engine": ENGINE_VERSION,
        "python": platform.python_version(),
        "json": JSON_MODULE,
        "confinement": confinement(),
    }
    return json.dumps(hello).encode()
