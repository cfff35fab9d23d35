"""What the supervisor does from PIPELINE on: loads the scripts, says whether they can run, and runs batches."""

from collections.abc import Callable
from selectors import BaseSelector
from typing import Any

from pipeline_engine.protocol import frames
from pipeline_engine.protocol.codes import SCRIPT_LOAD
from pipeline_engine.protocol.frames import Frame, ProtocolViolation, ServiceConnection
from pipeline_engine.protocol.pipeline import Pipeline
from pipeline_engine.protocol.reports import Report, report, to_json
from pipeline_engine.channels.shared_memory import SharedMemory
from pipeline_engine.supervisor.batch_run import Batch, BatchRun
from pipeline_engine.supervisor.log_pipe import LogPipe
from pipeline_engine.supervisor.batch_process_handle import RunningProcess
from pipeline_engine.supervisor.script_host import ScriptHost


class PipelineRun:
    """The one pipeline of a sandbox. Listens to what becomes of the scripts."""

    def __init__(
        self,
        pipeline: Pipeline,
        memory: SharedMemory,
        connection: ServiceConnection,
        selector: BaseSelector,
        close_private: Callable[[], Any],
    ) -> None:
        self._pipeline = pipeline
        self._memory = memory
        self._connection = connection
        self._close_private = close_private
        self._log = LogPipe(pipeline.log_limit, connection, selector)
        self._host = ScriptHost(memory, pipeline, self._log.write_end, selector, self, self._close_what_is_private)
        self._batch: BatchRun | None = None
        self._is_loaded = False
        self._host.load()

    def _close_what_is_private(self) -> None:
        self._close_private()
        self._log.close_read_end()

    def obey(self, frame: Frame) -> None:
        """Do what the service asks; raises ProtocolViolation."""
        if frame.kind == frames.INPUT and self._batch is not None:
            self._batch.input_arrived(frame.payload)
        elif frame.kind == frames.BATCH and self._batch is None and self._is_loaded:
            self._begin_batch(*frames.BATCH_PAYLOAD.unpack(frame.payload))
        else:
            raise ProtocolViolation(f"frame {frame.kind!r} out of turn")

    def buffer_for_input(self, length: int) -> memoryview:
        """Where an INPUT goes; raises ProtocolViolation if none is due."""
        if self._batch is None:
            raise ProtocolViolation("INPUT outside of a batch")
        return self._batch.input.buffer_for(length)

    def deadline(self) -> int | None:
        """When `check_time` has something to do, on the clock of `time.monotonic_ns`."""
        deadlines = [self._host.deadline(), self._batch.deadline() if self._batch is not None else None]
        return min((deadline for deadline in deadlines if deadline is not None), default=None)

    def check_time(self) -> None:
        """To be called when the deadline has passed, and whenever something has happened."""
        self._host.check_time()
        if self._batch is not None:
            self._batch.make_room()
            self._batch.check_time()
            self._end_batch_if_complete(self._batch)

    def child_died(self, process: int, status: int) -> None:
        """A child of the supervisor is dead."""
        self._host.child_died(process, status)

    def close(self) -> None:
        """End everything that runs scripts."""
        self._host.close()

    def _begin_batch(self, base: int, total: int) -> None:
        if not total:
            raise ProtocolViolation("a batch without records")
        batch = Batch(base, total)
        self._batch = BatchRun(batch, self._pipeline, self._memory, self._connection, self._host, self._log)
        self._log.begin_batch()
        if self._host.process is not None:
            self._batch.begin(self._host.process)
        else:
            self._host.want_process()

    def _end_batch_if_complete(self, batch: BatchRun) -> None:
        if not batch.is_complete:
            return
        self._log.end_batch()
        self._connection.send(frames.DONE, batch.summary())
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

    def scripts_refused(self, error: Report) -> None:
        """Listener: a script cannot be loaded, or no longer."""
        if self._batch is not None:
            self._batch.start_failed(error)
        elif not self._is_loaded:
            self._connection.send(frames.REFUSED, to_json(error))

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
        """Listener: the batch process is dead and buried."""
        if self._batch is not None:
            self._batch.process_ended(process, status)
        elif not self._is_loaded:
            error = process.start_error or report(SCRIPT_LOAD, "the process died before the first record")
            self._connection.send(frames.REFUSED, to_json(error))

    def _say_loaded(self) -> None:
        self._is_loaded = True
        self._connection.send(frames.LOADED)
