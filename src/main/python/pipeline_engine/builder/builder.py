"""The builder in the supervisor's loop: one order at a time, its log, its time limit and its answer."""

import os
import time
from collections.abc import Callable, Collection
from selectors import EVENT_READ, BaseSelector

from pipeline_engine.builder.compilation import FILE_LIMIT, Compilation
from pipeline_engine.builder.installer import NO_INSTALLER, target
from pipeline_engine.builder.orders import CompileOrder, ResolveOrder
from pipeline_engine.builder.pip_output import Failure, FailureKind
from pipeline_engine.builder.resolution import failed, resolve
from pipeline_engine.builder.worker import InvalidAnswer, Task, Worker
from pipeline_engine.linux.processes import kill, kill_leftovers
from pipeline_engine.protocol.batch_log import BatchLog
from pipeline_engine.protocol.documents import to_json
from pipeline_engine.protocol.frames import FrameType
from pipeline_engine.protocol.limits import MEBIBYTE
from pipeline_engine.protocol.service_connection import ServiceConnection

_NANOSECONDS = 1_000_000_000
_SECONDS_TO_INSPECT = 30
_LOG_LIMIT = MEBIBYTE
_ANSWER_LIMIT = 2 * MEBIBYTE
_PENDING_LIMIT = 4 * MEBIBYTE
"""Bytes that wait for the service; beyond them nothing more is read from workers."""

_BYTES_PER_READ = 65_536
_READS_AT_END = 16

FrameHandlers = dict[FrameType, Callable[[memoryview], None]]


class Builder:
    """`start_relay` opens the way to the index on a port; it returns the ids of processes that are not to be killed."""

    def __init__(
        self,
        connection: ServiceConnection,
        selector: BaseSelector,
        start_relay: Callable[[int], Collection[int]],
    ) -> None:
        self._connection = connection
        self._selector = selector
        self._start_relay = start_relay
        self._spared: Collection[int] = ()
        self._workers: dict[int, Worker] = {}
        self._compilation: Compilation | None = None
        self._answer_type: FrameType | None = None
        self._answer: bytes | None = None
        self._is_paused = False
        self._deadline = 0
        self._log = BatchLog(_LOG_LIMIT)
        self._output, self._output_write = os.pipe()
        os.set_blocking(self._output, False)
        selector.register(self._output, EVENT_READ, self._read_output)

    @property
    def frame_handlers(self) -> FrameHandlers:
        """Nothing is allowed while an order is carried out."""
        if self._answer_type is not None:
            return {}
        return {
            FrameType.INSPECT: self._inspect,
            FrameType.RESOLVE: self._resolve,
            FrameType.COMPILE: self._compile,
        }

    def deadline(self) -> int | None:
        """When `check_time` is due (time.monotonic_ns), or None."""
        return self._deadline if self._answer_type is not None else None

    def check_time(self) -> None:
        """End an order that takes too long; read on from workers once the service has taken what waited for it."""
        if self._answer_type is not None and time.monotonic_ns() >= self._deadline:
            self._answer = self._answer or self._failed(FailureKind.TIMEOUT, "the time limit is reached")
            self._finish()
        if self._is_paused and self._connection.pending_bytes <= _PENDING_LIMIT:
            self._is_paused = False
            for worker in self._workers.values():
                self._watch(worker)

    def child_died(self, process: int, _status: int) -> None:
        worker = self._workers.get(process)
        if worker is None:
            return
        while worker.read():
            pass
        self._take_answers(worker)
        self._end(worker)
        self._go_on(worker)

    def _inspect(self, _payload: memoryview) -> None:
        self._begin(FrameType.TARGET, _SECONDS_TO_INSPECT)
        self._start(lambda answer: answer(target()), _ANSWER_LIMIT)

    def _resolve(self, payload: memoryview) -> None:
        order = ResolveOrder.parse(bytes(payload))
        self._spared = self._start_relay(order.port)
        self._begin(FrameType.RESOLVED, order.seconds)
        self._start(lambda answer: answer(resolve(order)), _ANSWER_LIMIT)

    def _compile(self, payload: memoryview) -> None:
        order = CompileOrder.parse(bytes(payload))
        self._begin(FrameType.COMPILED, order.seconds)
        self._compilation = Compilation(order)
        self._start_compiling(self._compilation)

    def _start_compiling(self, compilation: Compilation) -> None:
        while (waiting := compilation.next_task()) is not None:
            task, indexes = waiting
            compilation.begun(self._start(task, FILE_LIMIT), indexes)
        if compilation.is_done:
            self._finish()

    def _begin(self, answer_type: FrameType, seconds: int) -> None:
        self._answer_type = answer_type
        self._deadline = time.monotonic_ns() + seconds * _NANOSECONDS

    def _start(self, task: Task, limit: int) -> int:
        worker = Worker(task, self._output_write, limit)
        self._workers[worker.number] = worker
        if not self._is_paused:
            self._watch(worker)
        return worker.number

    def _watch(self, worker: Worker) -> None:
        self._selector.register(worker, EVENT_READ, lambda: self._read(worker))

    def _read(self, worker: Worker) -> None:
        if not worker.read():
            # The end of the pipe; the worker is about to die.
            self._selector.unregister(worker)
            return
        if not self._take_answers(worker):
            kill(worker.number)
        if self._connection.pending_bytes > _PENDING_LIMIT:
            self._is_paused = True
            for other in self._workers.values():
                self._unwatch(other)

    def _unwatch(self, worker: Worker) -> None:
        if worker.fileno() in self._selector.get_map():
            self._selector.unregister(worker)

    def _take_answers(self, worker: Worker) -> bool:
        """False if the worker has to be killed, because it answers what it cannot."""
        try:
            for answer in worker.answers():
                self._take(worker, answer)
        except InvalidAnswer:
            return False
        return True

    def _take(self, worker: Worker, answer: bytes) -> None:
        if self._compilation is None:
            self._answer = answer
        elif self._compilation.answered(worker.number, answer):
            self._connection.send(FrameType.FILE, answer)

    def _go_on(self, ended: Worker) -> None:
        if self._compilation is not None:
            self._compilation.ended(ended.number)
            self._start_compiling(self._compilation)
            return
        if self._answer is None:
            if ended.ran_out_of_memory():
                self._answer = self._failed(FailureKind.OUT_OF_MEMORY, "the builder ran out of memory")
            else:
                self._answer = self._failed(FailureKind.OTHER, "the builder failed")
        self._finish()

    def _failed(self, kind: FailureKind, message: str) -> bytes:
        return NO_INSTALLER if self._answer_type is FrameType.TARGET else failed(Failure(kind, message))

    def _end(self, worker: Worker) -> None:
        self._unwatch(worker)
        worker.close()
        del self._workers[worker.number]

    def _finish(self) -> None:
        """Kill what is left of the order, send the rest of the log, and answer."""
        for worker in list(self._workers.values()):
            self._end(worker)
        kill_leftovers(set(self._spared))
        for _ in range(_READS_AT_END):
            if not self._read_output():
                break
        self._send_log(self._log.finish())
        answer_type, answer, compilation = self._answer_type, self._answer, self._compilation
        self._log = BatchLog(_LOG_LIMIT)
        self._answer_type = self._answer = self._compilation = None
        self._is_paused = False
        if compilation is not None:
            answer = to_json({"compiled": compilation.compiled, "failed": compilation.failed})
        if answer_type is not None:
            self._connection.send(answer_type, answer or b"")

    def _read_output(self) -> bool:
        try:
            piece = os.read(self._output, _BYTES_PER_READ)
        except BlockingIOError:
            return False
        self._send_log(self._log.feed(piece))
        return True

    def _send_log(self, text: bytes) -> None:
        if text:
            self._connection.send(FrameType.LOG, text)
