"""The memory that the supervisor shares with the processes of scripts.

It holds records and results, so neither is lost when the process that works on them is killed. User code can write all
of it, so the supervisor checks what it reads.
"""

import mmap
from dataclasses import dataclass

from pipeline_engine.channels.outbound_memory import OutboundMemory
from pipeline_engine.protocol.limits import INPUT_LIMIT, MEBIBYTE, RECORD_VALUES_LIMIT, RECORDS_IN_FLIGHT_LIMIT

INPUT_AREAS = 2

RESULTS_SOFT_LIMIT = MEBIBYTE
"""Published results beyond which a batch process waits until the supervisor has taken them."""

RESULTS_AREA_BYTES = RESULTS_SOFT_LIMIT + RECORD_VALUES_LIMIT + MEBIBYTE

# Words of the progress table, each an unsigned 64 bit integer. Only the hot loop uses them by number.
PUBLISHED = 0
"""Bytes of the results area that hold whole result records."""
_LOADING = 1
FIRST_SLOT = 8

# A slot describes one record in flight. Words within a slot:
SLOT_POSITION = 0
SLOT_STARTED = 1
"""`time.monotonic_ns()` at the start of the record, 0 while the slot is idle."""
SLOT_STAGE = 2
_SLOT_WORDS = 3

_PROGRESS_BYTES = 8 * (FIRST_SLOT + RECORDS_IN_FLIGHT_LIMIT * _SLOT_WORDS)


@dataclass(frozen=True, slots=True)
class Slot:
    """One record in flight: `stage` is an ordinal, `started` in nanoseconds."""

    position: int
    started: int
    stage: int


class SharedMemory:
    """Input areas, the results area and the progress table; made once, inherited by every fork.

    `outbound` is there if the scripts of the pipeline may call out of the sandbox.
    """

    def __init__(self) -> None:
        self.inputs = [mmap.mmap(-1, INPUT_LIMIT) for _ in range(INPUT_AREAS)]
        self.results = mmap.mmap(-1, RESULTS_AREA_BYTES)
        self.progress = memoryview(mmap.mmap(-1, _PROGRESS_BYTES)).cast("Q")
        self.outbound: OutboundMemory | None = None

    def publish(self, end: int) -> None:
        """The results area holds whole result records up to `end`."""
        self.progress[PUBLISHED] = end

    def published(self) -> int:
        """Bytes of whole result records; never more than the area, whatever user code wrote there."""
        return min(self.progress[PUBLISHED], RESULTS_AREA_BYTES)

    def leave_report(self, report: bytes) -> None:
        """Put a report where results would be."""
        self.results[: len(report)] = report
        self.publish(len(report))

    def left_report(self, limit: int) -> bytes:
        """At most `limit` bytes of what `leave_report` has put there."""
        return self.results[: min(self.published(), limit)]

    def begin_loading(self, ordinal: int) -> None:
        """The script of that stage is being imported, or its setup runs."""
        self.progress[_LOADING] = ordinal

    def loading(self) -> int:
        """Ordinal of the stage whose script was imported or set up last, whatever user code wrote there."""
        return self.progress[_LOADING]

    def begin_record(self, slot: int, position: int, started: int) -> None:
        """A record is in flight since `started`."""
        at = FIRST_SLOT + slot * _SLOT_WORDS
        self.progress[at + SLOT_POSITION] = position
        self.progress[at + SLOT_STAGE] = 0
        self.progress[at + SLOT_STARTED] = started

    def begin_stage(self, slot: int, ordinal: int) -> None:
        """The record in that slot enters a stage."""
        self.progress[FIRST_SLOT + slot * _SLOT_WORDS + SLOT_STAGE] = ordinal

    def end_record(self, slot: int) -> None:
        """The slot is idle."""
        self.progress[FIRST_SLOT + slot * _SLOT_WORDS + SLOT_STARTED] = 0

    def position_in(self, slot: int) -> int | None:
        """Position of the record in that slot; None while it is idle."""
        at = FIRST_SLOT + slot * _SLOT_WORDS
        return self.progress[at + SLOT_POSITION] if self.progress[at + SLOT_STARTED] else None

    def stage_of(self, position: int, count: int) -> int:
        """Ordinal of the stage at which a record is among the first `count` slots; -1 if it is in none."""
        end = FIRST_SLOT + count * _SLOT_WORDS
        positions = self.progress[FIRST_SLOT + SLOT_POSITION : end : _SLOT_WORDS].tolist()
        for slot, found in enumerate(positions):
            if found == position and self.position_in(slot) is not None:
                return self.progress[FIRST_SLOT + slot * _SLOT_WORDS + SLOT_STAGE]
        return -1

    def slots(self, count: int) -> list[Slot]:
        """The records in flight among the first `count` slots, oldest start first."""
        busy = []
        for at in range(FIRST_SLOT, FIRST_SLOT + count * _SLOT_WORDS, _SLOT_WORDS):
            position, started, stage = self.progress[at : at + _SLOT_WORDS]
            if started:
                busy.append(Slot(position, started, stage))
        return sorted(busy, key=lambda slot: slot.started)

    def clear_progress(self, count: int) -> None:
        """Clear published results and the first `count` slots; only while no batch process lives."""
        self.publish(0)
        if self.outbound is not None:
            self.outbound.origins.forget_all()
        for at in range(FIRST_SLOT, FIRST_SLOT + count * _SLOT_WORDS):
            self.progress[at] = 0

    def free_result_pages(self) -> None:
        """Return the pages of an unusually large result to the system."""
        self.results.madvise(mmap.MADV_REMOVE)

    def free_input_pages(self, area: int) -> None:
        """Return the pages of an unusually large record to the system."""
        self.inputs[area].madvise(mmap.MADV_REMOVE)
