"""The event loop of the supervisor: socket, loader, batch process, log and clock.

A violation of the protocol by the service, or the end of the socket, ends the engine.
"""

import json
import os
import platform
import signal
import socket
import time
from collections.abc import Collection
from functools import partial
from selectors import EVENT_READ, EVENT_WRITE, DefaultSelector
from typing import TYPE_CHECKING

from pipeline_engine import ENGINE_VERSION
from pipeline_engine.channels.loader_messages import RunLoader
from pipeline_engine.channels.outbound_memory import OutboundMemory
from pipeline_engine.channels.shared_memory import SharedMemory
from pipeline_engine.linux.confinement import confinement
from pipeline_engine.linux.page_tables import share_mapped_files_with_forks
from pipeline_engine.linux.processes import adopt_orphans, make_undumpable, reap
from pipeline_engine.protocol.documents import to_json
from pipeline_engine.protocol.frames import BUILD_ORDERS, Frame, FrameType, ProtocolViolation
from pipeline_engine.protocol.pipeline import InvalidPipeline, Pipeline
from pipeline_engine.protocol.priming import Priming
from pipeline_engine.protocol.service_connection import ConnectionClosed, ServiceConnection
from pipeline_engine.relay.relay_process import RelayProcess
from pipeline_engine.scripts.checks import check_in_a_child
from pipeline_engine.supervisor.context import Context
from pipeline_engine.supervisor.loader_handle import PrimedLoader
from pipeline_engine.supervisor.pipeline_run import FrameHandlers, PipelineRun
from pipeline_engine.supervisor.script_host import HostFailed
from pipeline_engine.values.quick_encoder import JSON_MODULE

if TYPE_CHECKING:
    from pipeline_engine.builder.builder import Builder

PROTOCOL = 2
OUTBOUND_SOCKET = "outbound.sock"
"""Beside the socket of the engine."""

_NANOSECONDS = 1_000_000_000
_WAKEUP_READ = 4096


class Supervisor:
    """The engine's side of one sandbox. `run_loader` is what its loaders run.

    `folder` is that of the service's sockets; without it pipelines cannot call out.
    """

    def __init__(self, channel: socket.socket, run_loader: RunLoader, folder: str | None = None) -> None:
        self._connection = ServiceConnection(channel, self._buffer_for)
        self._selector = DefaultSelector()
        self._selector.register(self._connection, EVENT_READ, self._read_frames)
        self._wakeup, self._wakeup_write = os.pipe()
        self._context = Context(self._connection, self._selector, SharedMemory(), run_loader)
        self._context.close_in_forks.append(self._close_in_fork)
        self._folder = folder
        self._relay: RelayProcess | None = None
        self._run: PipelineRun | None = None
        self._primed: PrimedLoader | None = None
        self._builder: Builder | None = None

    def run(self) -> None:
        """Serve until the service closes the socket or breaks the protocol, or no scripts can be run any more."""
        adopt_orphans()
        share_mapped_files_with_forks()
        make_undumpable()
        self._catch_signals()
        try:
            self._connection.send(FrameType.HELLO, _hello())
            while True:
                self._run_once()
        except (ConnectionClosed, ProtocolViolation, InvalidPipeline, HostFailed) as end:
            # The container's own output, which only developers read.
            os.write(2, f"engine ends: {end}\n".encode())
        finally:
            if self._run is not None:
                self._run.close()

    def _catch_signals(self) -> None:
        """Wake the loop when a child dies, and ignore the signals by which a script could end PID 1."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for descriptor in (self._wakeup, self._wakeup_write):
            os.set_blocking(descriptor, False)
        signal.set_wakeup_fd(self._wakeup_write, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
        self._selector.register(self._wakeup, EVENT_READ, self._reap_children)

    def _run_once(self) -> None:
        """Wait for events or the next deadline, and handle them."""
        interest = EVENT_READ | EVENT_WRITE if self._connection.pending_bytes else EVENT_READ
        self._selector.modify(self._connection, interest, self._read_frames)
        for key, events in self._selector.select(self._seconds_to_wait()):
            if key.fileobj is self._connection and events & EVENT_WRITE:
                self._connection.flush()
            # An earlier event may have closed the descriptor of this one.
            if events & EVENT_READ and self._selector.get_map().get(key.fd) is key:
                key.data()
        for part in (self._run, self._builder, self._relay):
            if part is not None:
                part.check_time()

    def _seconds_to_wait(self) -> float | None:
        deadlines = [part.deadline() for part in (self._run, self._builder, self._relay) if part is not None]
        deadline = min((deadline for deadline in deadlines if deadline is not None), default=None)
        return None if deadline is None else max(0.0, (deadline - time.monotonic_ns()) / _NANOSECONDS)

    def _buffer_for(self, kind: FrameType, length: int) -> memoryview:
        if kind is not FrameType.INPUT:
            return memoryview(bytearray(length))
        if self._run is None:
            raise ProtocolViolation("INPUT before a pipeline")
        return self._run.buffer_for_input(length)

    def _read_frames(self) -> None:
        for frame in self._connection.receive():
            self._handle(frame)

    def _handle(self, frame: Frame) -> None:
        handler = self._frame_handlers.get(frame.type)
        if handler is None:
            raise ProtocolViolation(f"frame {frame.type.name} out of turn")
        handler(frame.payload)

    @property
    def _frame_handlers(self) -> FrameHandlers:
        if self._run is not None:
            return self._run.frame_handlers
        if self._builder is not None:
            return self._builder.frame_handlers
        if self._primed is not None:
            return {FrameType.PIPELINE: self._begin_pipeline}
        builds = {kind: partial(self._begin_build, kind) for kind in BUILD_ORDERS}
        return {
            FrameType.CHECK: self._check_script,
            FrameType.PRIME: self._prime,
            FrameType.PIPELINE: self._begin_pipeline,
            **builds,
        }

    def _check_script(self, source: memoryview) -> None:
        problems = [problem.document() for problem in check_in_a_child(bytes(source))]
        self._connection.send(FrameType.CHECKED, to_json({"problems": problems}))

    def _prime(self, order: memoryview) -> None:
        self._primed = PrimedLoader(self._context, Priming.parse(bytes(order)))

    def _begin_pipeline(self, document: memoryview) -> None:
        pipeline = Pipeline.parse(bytes(document))
        if self._primed is not None:
            if pipeline.environment != self._primed.environment:
                # Code of its packages has run here, which is nobody else's.
                raise ProtocolViolation("a pipeline with another environment than the sandbox was primed with")
            self._primed.receive(pipeline, bytes(document))
        if pipeline.outbound is not None:
            self._relay = self._start_relay(pipeline.outbound.port)
        spared = self._relay.numbers if self._relay is not None else ()
        self._run = PipelineRun(pipeline, self._context, spared, self._primed)

    def _begin_build(self, kind: FrameType, order: memoryview) -> None:
        # Sandboxes that run pipelines do without it.
        from pipeline_engine.builder.builder import Builder

        self._builder = Builder(self._connection, self._selector, self._start_relay_for_build)
        self._builder.frame_handlers[kind](order)

    def _start_relay_for_build(self, port: int) -> Collection[int]:
        if self._relay is None:
            self._relay = self._start_relay(port)
        return self._relay.numbers

    def _start_relay(self, port: int) -> RelayProcess:
        """Before any script is loaded, so that none has the port."""
        if self._folder is None:
            raise ProtocolViolation("outbound calls where there is no socket for them")
        memory = self._context.memory.outbound = OutboundMemory()
        try:
            relay = RelayProcess(port, os.path.join(self._folder, OUTBOUND_SOCKET), memory)
        except OSError as problem:
            raise ProtocolViolation(f"outbound calls on port {port}: {problem}") from None
        self._context.close_in_forks.append(relay.close_in_fork)
        return relay

    def _close_in_fork(self) -> None:
        self._connection.close()
        self._selector.close()
        os.close(self._wakeup)
        os.close(self._wakeup_write)

    def _reap_children(self) -> None:
        os.read(self._wakeup, _WAKEUP_READ)
        reaped = reap()
        if reaped:
            # `reap` has a limit, so there may be more.
            os.write(self._wakeup_write, b".")
        for process, status in reaped:
            if self._relay is not None:
                self._relay.child_died(process)
            if self._primed is not None:
                self._primed.child_died(process)
            for part in (self._run, self._builder):
                if part is not None:
                    part.child_died(process, status)


def _hello() -> bytes:
    hello = {
        "protocol": PROTOCOL,
        "engine": ENGINE_VERSION,
        "python": platform.python_version(),
        "json": JSON_MODULE,
        "confinement": confinement(),
    }
    return json.dumps(hello).encode()
