from pipeline_engine.channels.shared_memory import SharedMemory
from pipeline_engine.protocol.error_codes import ErrorCode
from pipeline_engine.protocol.pipeline import Pipeline, StageScript
from pipeline_engine.protocol.reports import ErrorReport
from pipeline_engine.scripts.user_frames import UserFrame, format_frames
from pipeline_engine.supervisor.batch_process_handle import BatchProcessHandle
from pipeline_engine.supervisor.causes import cause_of_death
from pipeline_engine.supervisor.loader_handle import LoaderHandle

_REPORT_LIMIT = 262_144


class StartErrors:
    def __init__(self, pipeline: Pipeline, memory: SharedMemory) -> None:
        self._pipeline = pipeline
        self._memory = memory

    def of_loader(self, dead: LoaderHandle, status: int) -> ErrorReport:
        """Why a loader died before it had loaded every script."""
        if dead.refused:
            return dead.refused
        if dead.killed_for:
            return self._error_at(dead.last_frames, dead.killed_for.message)
        cause = cause_of_death(status, dead.oom_watch.ran_out_of_memory())
        return self._error_at(dead.last_frames, f"{cause.message} while the script was loaded")

    def of_batch_process(self, dead: BatchProcessHandle, status: int | None) -> ErrorReport:
        """Why a batch process died before it was ready for its job."""
        if dead.setup_failed:
            written = ErrorReport.from_json(self._memory.left_report(_REPORT_LIMIT))
            return written or self._error_at([], "setup failed and left no readable report")
        cause = dead.killed_for or cause_of_death(status, dead.oom_watch.ran_out_of_memory())
        return self._error_at(dead.last_frames, f"{cause.message} before the first record")

    def _error_at(self, frames: list[UserFrame], message: str) -> ErrorReport:
        traceback = f"{format_frames(frames)}{ErrorCode.SCRIPT_LOAD}: {message}" if frames else None
        line = frames[-1].line if frames else None
        return ErrorReport.at(self._script_being_loaded(), ErrorCode.SCRIPT_LOAD, message, line, traceback)

    def _script_being_loaded(self) -> StageScript:
        return self._pipeline.stages[min(self._memory.loading(), len(self._pipeline.stages) - 1)]
