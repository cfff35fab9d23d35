"""The hot loop: one record after the other through plain functions.

The value of a stage is written to its final place in shared memory as soon as the stage returns, so it is not lost if a
later stage ends the process. There is no system call per record, and what every record needs is in local variables.
"""

from mmap import mmap
from time import monotonic_ns
from typing import NamedTuple

from pipeline_engine.channels.shared_memory import (
    FIRST_SLOT,
    PUBLISHED,
    SLOT_POSITION,
    SLOT_STAGE,
    SLOT_STARTED,
)
from pipeline_engine.protocol.changes import CHANGE
from pipeline_engine.protocol.limits import RECORD_VALUES_LIMIT
from pipeline_engine.protocol.pipeline import Pipeline
from pipeline_engine.protocol.result_records import DESCRIPTOR, HEADER, LENGTH_BYTES, SUCCEEDED
from pipeline_engine.runner.batch_process import BatchProcess
from pipeline_engine.runner.outcomes import outcome_of
from pipeline_engine.values.quick_encoder import encode_value
from pipeline_engine.values.record_states import LONG_RECORD, states_of
from pipeline_engine.values.refusals import too_large

_POSITION_WORD = FIRST_SLOT + SLOT_POSITION
_STARTED_WORD = FIRST_SLOT + SLOT_STARTED
_STAGE_WORD = FIRST_SLOT + SLOT_STAGE

_write_header = HEADER.pack_into
_write_descriptor = DESCRIPTOR.pack_into


class Layout(NamedTuple):
    """Offsets within the result of a succeeded record. If only the last value is kept, all stages share its place."""

    descriptors: tuple[int, ...]
    values: int

    @classmethod
    def of(cls, pipeline: Pipeline) -> "Layout":
        """The offset of a descriptor for each stage, and that of the first value."""
        places = [stage.ordinal if pipeline.keeps_every_stage else 0 for stage in pipeline.stages]
        values = HEADER.size + DESCRIPTOR.size * pipeline.values_kept
        return cls(tuple(HEADER.size + DESCRIPTOR.size * place for place in places), values)


class SerialLoop:
    def __init__(self, process: BatchProcess) -> None:
        pipeline = process.pipeline
        self._process = process
        self._layout = layout = Layout.of(pipeline)
        self._values_offset = layout.values
        self._plan = [
            (loaded.script.ordinal, loaded.transform, offset)
            for loaded, offset in zip(process.scripts, layout.descriptors, strict=True)
        ]
        self._values_kept = pipeline.values_kept
        self._keeps_every_stage = pipeline.keeps_every_stage
        self._values_limit = RECORD_VALUES_LIMIT - layout.values
        self._result_limit = pipeline.result_limit
        self._results = process.memory.results
        self._progress = process.memory.progress

    def run(self) -> None:
        process = self._process
        plan = self._plan
        values_offset = self._values_offset
        values_kept = self._values_kept
        keeps_every_stage = self._keeps_every_stage
        values_limit = self._values_limit
        result_limit = self._result_limit
        results = self._results
        progress = self._progress
        write_header = _write_header
        write_descriptor = _write_descriptor
        notice_at = process.notice_at
        streams = process.streams
        buffering = streams.buffering
        used = 0

        for first, records, lines, broken in process.input_slices():
            for position, (record, line) in enumerate(zip(records, lines, strict=True), first):
                progress[_POSITION_WORD] = position
                progress[_STARTED_WORD] = monotonic_ns()
                ordinal = done = 0
                at = end = used + values_offset
                joined = 0
                before = line
                states = None
                try:
                    if broken and position in broken:
                        raise broken[position]
                    if record is not None and len(line) >= LONG_RECORD:
                        states = states_of(line, record, keeps_every_stage)
                    for ordinal, transform, offset in plan:
                        progress[_STAGE_WORD] = ordinal
                        began = monotonic_ns()
                        record = transform(record)
                        took = monotonic_ns() - began
                        if states is None:
                            part = encode_value(record)
                            length = length_word = len(part)
                            if part == before:
                                part, length_word = b"", CHANGE
                            elif keeps_every_stage:
                                before = part
                        else:
                            part, is_change, length = states.part_of(record)
                            length_word = len(part) | CHANGE if is_change else length
                        joined += length
                        if length > result_limit or joined > values_limit:
                            raise too_large(length, result_limit)
                        end = at + len(part)
                        results[at:end] = part
                        write_descriptor(results, used + offset, ordinal, took // 1000, length_word)
                        done += 1
                        if keeps_every_stage:
                            at = end
                        else:
                            joined = 0
                    write_header(results, used, end - used - LENGTH_BYTES, position, SUCCEEDED, values_kept)
                except BaseException as problem:
                    status, detail = outcome_of(problem, process.errors, process.scripts[ordinal].script)
                    end = _settle(results, used, position, status, detail, min(done, values_kept), self._layout)
                used = end
                progress[PUBLISHED] = used
                if buffering:
                    streams.end_record()
                if used >= notice_at:
                    progress[_STARTED_WORD] = 0
                    used = process.publish(used)
                    notice_at = process.notice_at
            progress[_STARTED_WORD] = 0
            streams.find_replacements()


def _settle(results: mmap, used: int, position: int, status: int, detail: bytes, done: int, layout: Layout) -> int:
    """Complete the result of a record that did not pass every stage, with the values that it has; returns its end."""
    descriptors = bytes(results[used + HEADER.size : used + HEADER.size + DESCRIPTOR.size * done])
    size = sum(length & ~CHANGE for _, _, length in DESCRIPTOR.iter_unpack(descriptors))
    values = results[used + layout.values : used + layout.values + size]
    body = b"".join((descriptors, values, detail))
    HEADER.pack_into(results, used, HEADER.size - LENGTH_BYTES + len(body), position, status, done)
    end = used + HEADER.size + len(body)
    results[used + HEADER.size : end] = body
    return end
