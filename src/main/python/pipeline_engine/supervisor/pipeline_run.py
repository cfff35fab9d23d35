"""From PIPELINE on: loads the scripts, reports whether they can run, and runs batches."""

from collections.abc import Callable, Collection, Mapping

from pipeline_engine.protocol.documents import to_json
from pipeline_engine.protocol.error_codes import ErrorCode
from pipeline_engine.protocol.frames import BATCH_PAYLOAD, FrameType, ProtocolViolation
from pipeline_engine.protocol.pipeline import Pipeline
from pipeline_engine.protocol.reports import ErrorReport
from pipeline_engine.supervisor.batch_process_handle import BatchProcessHandle
from pipeline_engine.supervisor.batch_run import Batch, BatchRun
from pipeline_engine.supervisor.context import Context
from pipeline_engine.supervisor.loader_handle import PrimedLoader
from pipeline_engine.supervisor.log_pipe import LogPipe
from pipeline_engine.supervisor.script_host import ScriptHost

FrameHandlers = Mapping[FrameType, Callable[[memoryview], None]]
"""What to do with the payload of a frame, for the frames that are allowed at that point."""


class PipelineRun:
    """The one pipeline of a sandbox; `spared` are the ids of children of the supervisor that run no scripts."""

    def __init__(
        self,
        pipeline: Pipeline,
        context: Context,
        spared: Collection[int] = (),
        primed: PrimedLoader | None = None,
    ) -> None:
        self._pipeline = pipeline
        self._context = context
        self._connection = context.connection
        self._log = LogPipe(pipeline.log_limit, context)
        self._host = ScriptHost(pipeline, context, self._log.write_end, self, spared, primed)
        self._batch: BatchRun | None = None
        self._is_loaded = False
        self._host.load()

    @property
    def frame_handlers(self) -> FrameHandlers:
        """Nothing is allowed before LOADED; after it a BATCH, and during a batch INPUT."""
        if self._batch is not None:
            return {FrameType.INPUT: self._batch.input_arrived}
        return {FrameType.BATCH: self._begin_batch} if self._is_loaded else {}

    def buffer_for_input(self, length: int) -> memoryview:
        """Where an INPUT goes; raises ProtocolViolation if none is due."""
        if self._batch is None:
            raise ProtocolViolation("INPUT outside of a batch")
        return self._batch.input.buffer_for(length)

    def deadline(self) -> int | None:
        """When `check_time` is due (time.monotonic_ns), or None."""
        deadlines = [self._host.deadline(), self._batch.deadline() if self._batch is not None else None]
        return min((deadline for deadline in deadlines if deadline is not None), default=None)

    def check_time(self) -> None:
        """Enforce time limits and end a complete batch; to be called after every event and at the deadline."""
        self._host.check_time()
        if self._batch is not None:
            self._batch.make_room()
            self._batch.check_time()
            self._end_batch_if_complete(self._batch)

    def child_died(self, process: int, status: int) -> None:
        self._host.child_died(process, status)

    def close(self) -> None:
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
            self._host.request_process()

    def _end_batch_if_complete(self, batch: BatchRun) -> None:
        if not batch.is_complete:
            return
        self._log.end_batch()
        self._connection.send(FrameType.DONE, batch.summary())
        self._batch = None
        # The next batch usually follows at once; its process is forked while the service prepares it.
        self._host.request_process()

    def scripts_loaded(self, has_setup: bool) -> None:
        if self._is_loaded:
            return
        if has_setup:
            # A batch process runs the setups, which may fail; it then waits for the first batch.
            self._host.request_process()
        else:
            self._send_loaded()

    def scripts_refused(self, error: ErrorReport) -> None:
        """Listener: a script cannot be loaded, or no longer."""
        if self._batch is not None:
            self._batch.start_failed(error)
        elif not self._is_loaded:
            self._connection.send(FrameType.REFUSED, error.to_json())

    def batches_start_anew(self, reason: str) -> None:
        """Listener: there is a new loader for every batch."""
        self._log.note(reason)

    def process_started(self, process: BatchProcessHandle) -> None:
        if self._batch is not None:
            self._batch.begin(process)

    def notices_received(self, process: BatchProcessHandle, notices: bytes) -> None:
        """Listener: the batch process has sent notices."""
        if self._batch is not None:
            self._batch.notices_received(notices)
        elif process.is_ready and not self._is_loaded:
            self._send_loaded()

    def process_ended(self, process: BatchProcessHandle, status: int | None) -> None:
        """Listener: the batch process has ended; `status` is its wait status if known."""
        if self._batch is not None:
            self._batch.process_ended(process, status)
        elif not self._is_loaded:
            message = "the process died before the first record"
            error = process.start_error or ErrorReport.at(None, ErrorCode.SCRIPT_LOAD, message)
            self._connection.send(FrameType.REFUSED, error.to_json())

    def _send_loaded(self) -> None:
        self._is_loaded = True
        first = self._host.imported_first
        self._connection.send(FrameType.LOADED, to_json({"modules": first}) if first else b"")
