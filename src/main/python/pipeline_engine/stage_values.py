"""Values that a record already had when its process died: read from where the hot loop was writing them."""

from pipeline_engine.pipeline import Pipeline
from pipeline_engine.results import DESCRIPTOR, HEADER, StageValue
from pipeline_engine.shared_memory import RESULTS_AREA_BYTES, SharedMemory


def finished_values(memory: SharedMemory, start: int, passed: int, pipeline: Pipeline) -> list[StageValue]:
    """Values of the first `passed` stages of the record at `start` in the results area.

    The bytes come from a process that ran user code: what does not fit together gives no values at all.
    """
    if not passed:
        return []
    kept = len(pipeline.stages) if pipeline.keeps_every_stage else 1
    count = passed if pipeline.keeps_every_stage else 1
    at = start + HEADER.size + DESCRIPTOR.size * kept
    expected = range(passed) if pipeline.keeps_every_stage else [passed - 1]
    values = []
    for place, ordinal in zip(range(count), expected, strict=True):
        found, microseconds, length = DESCRIPTOR.unpack_from(memory.results, start + HEADER.size + DESCRIPTOR.size * place)
        if found != ordinal or length > pipeline.result_limit or at + length > RESULTS_AREA_BYTES:
            return []
        values.append(StageValue(found, microseconds, memory.results[at : at + length]))
        at += length
    return values
