"""What the supervisor does from PIPELINE on: loads the scripts, says whether they can run, and runs batches."""

from collections.abc import Callable, Collection, Mapping

from pipeline_engine.protocol.error_codes import ErrorCode
from pipeline_engine.protocol.frames import BATCH_PAYLOAD, FrameType, ProtocolViolation
from pipeline_engine.protocol.pipeline import Pipeline
from pipeline_engine.protocol.reports import ErrorReport
from pipeline_engine.supervisor.batch_process_handle import BatchProcessHandle
from pipeline_engine.supervisor.batch_run import Batch, BatchRun
from pipeline_engine.supervisor.context import Context
from pipeline_engine.supervisor.log_pipe import LogPipe
from pipeline_engine.supervisor.script_host import ScriptHost

FrameHandlers = Mapping[FrameType, Callable[[memoryview], None]]
"""What to do with the payload of a frame, for the frames that are allowed at that point."""


class PipelineRun:
    """The one pipeline of a sandbox. Listens to what becomes of the scripts.

    `spared` are ids of children of the supervisor that are no processes of scripts.
    """

    def __init__(self, pipeline: Pipeline, context: Context, spared: Collection[int] = ()) -> None:
        self._pipeline = pipeline
        self._context = context
        self._connection = context.connection
        self._log = LogPipe(pipeline.log_limit, context)
        self._host = ScriptHost(pipeline, context, self._log.write_end, self, spared)
        self._batch: BatchRun | None = None
        self._is_loaded = False
        self._host.load()

    @property
    def frame_handlers(self) -> FrameHandlers:
        """Nothing is allowed before LOADED, then a BATCH, and during a batch its INPUT."""
        if self._batch is not None:
            return {FrameType.INPUT: self._batch.input_arrived}
        return {FrameType.BATCH: self._begin_batch} if self._is_loaded else {}

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
        """A child of the supervisor is dead; `status` is its wait status."""
        self._host.child_died(process, status)

    def close(self) -> None:
        """End everything that runs scripts."""
        self._host.close()

    def _begin_batch(self, payload: memoryview) -> None:
        batch = Batch(*BATCH_PAYLOAD.unpack(payload))
        if not batch.total:
            raise ProtocolViolation("a batch without records")
        self._batch = BatchRun(batch, self._pipeline, self._context, self._host, self._log)
        self._log.begin_batch()
        if self._host.process is not None:
            self._batch.begin(self._host.process)
        else:
            self._host.want_process()

    def _end_batch_if_complete(self, batch: BatchRun) -> None:
        if not batch.is_complete:
            return
        self._log.end_batch()
        self._connection.send(FrameType.DONE, batch.summary())
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

    def scripts_refused(self, error: ErrorReport) -> None:
        """Listener: a script cannot be loaded, or no longer."""
        if self._batch is not None:
            self._batch.start_failed(error)
        elif not self._is_loaded:
            self._connection.send(FrameType.REFUSED, error.to_json())

    def process_started(self, process: BatchProcessHandle) -> None:
        """Listener: there is a batch process."""
        if self._batch is not None:
            self._batch.begin(process)

    def process_spoke(self, process: BatchProcessHandle, notices: bytes) -> None:
        """Listener: the batch process has announced something."""
        if self._batch is not None:
            self._batch.process_spoke(notices)
        elif process.is_ready and not self._is_loaded:
            self._say_loaded()

    def process_ended(self, process: BatchProcessHandle, status: int | None) -> None:
        """Listener: the batch process is dead and buried."""
        if self._batch is not None:
            self._batch.process_ended(process, status)
        elif not self._is_loaded:
            message = "the process died before the first record"
            error = process.start_error or ErrorReport.at(None, ErrorCode.SCRIPT_LOAD, message)
            self._connection.send(FrameType.REFUSED, error.to_json())

    def _say_loaded(self) -> None:
        self._is_loaded = True
        self._connection.send(FrameType.LOADED)
