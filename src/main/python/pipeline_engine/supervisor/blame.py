"""The result of a record that ended its process."""

from dataclasses import dataclass, replace

from pipeline_engine.channels.shared_memory import RESULTS_AREA_BYTES, SharedMemory
from pipeline_engine.protocol.changes import CHANGE
from pipeline_engine.protocol.error_codes import ErrorCode
from pipeline_engine.protocol.pipeline import Pipeline
from pipeline_engine.protocol.reports import ErrorReport
from pipeline_engine.protocol.result_records import DESCRIPTOR, FAILED, HEADER, StageValue, result_record
from pipeline_engine.scripts.user_frames import UserFrame, format_frames
from pipeline_engine.supervisor.causes import Cause


@dataclass(frozen=True, slots=True)
class Death:
    """A death of a process; `stage` is the ordinal of the record in flight, `values` are those of earlier stages."""

    cause: Cause
    stage: int | None
    frames: list[UserFrame]
    values: list[StageValue]


def failed_record(position: int, death: Death, pipeline: Pipeline) -> bytes:
    """The result record that blames the record at `position` for a death."""
    cause = death.cause
    message = (
        f"{cause.message} while this record was in flight" if cause.code == ErrorCode.SCRIPT_CRASHED else cause.message
    )
    if death.stage is None:
        return result_record(position, FAILED, [], ErrorReport.at(None, cause.code, message).to_json())
    error = ErrorReport.at(pipeline.stages[death.stage], cause.code, message)
    if death.frames:
        innermost = death.frames[-1]
        traceback = f"{format_frames(death.frames)}{cause.code}: {message}"
        error = replace(error, script=innermost.script.name, line=innermost.line, traceback=traceback)
    return result_record(position, FAILED, death.values, error.to_json())


def finished_values(memory: SharedMemory, start: int, passed: int, pipeline: Pipeline) -> list[StageValue]:
    """Values of the first `passed` stages of the record at `start`; none if user code has spoilt the bytes."""
    if not passed:
        return []
    expected = range(passed) if pipeline.keeps_every_stage else range(passed - 1, passed)
    at = start + HEADER.size + DESCRIPTOR.size * pipeline.values_kept
    values: list[StageValue] = []
    for place, ordinal in enumerate(expected):
        descriptor_at = start + HEADER.size + DESCRIPTOR.size * place
        found, microseconds, length_word = DESCRIPTOR.unpack_from(memory.results, descriptor_at)
        length = length_word & ~CHANGE
        if found != ordinal or length > pipeline.result_limit or at + length > RESULTS_AREA_BYTES:
            return []
        part = memory.results[at : at + length]
        values.append(StageValue(found, microseconds, part, is_change=length_word != length))
        at += length
    return values
