"""The memory that the supervisor shares with the processes of a run.

Records arrive here and results are left here, so both are still there when the process that works on them
is killed. The supervisor trusts nothing it reads back: user code runs in a process that can write all of it.
"""

import mmap
from dataclasses import dataclass

MEBIBYTE = 1 << 20

INPUT_AREAS = 2
INPUT_AREA_BYTES = 17 * MEBIBYTE

RESULTS_SOFT_LIMIT = MEBIBYTE
"""Published results beyond which a batch process waits until the supervisor has taken them."""

RECORD_VALUES_LIMIT = 62 * MEBIBYTE
"""Most bytes that the values of one record may have together, so that its frame stays within the protocol."""

RESULTS_AREA_BYTES = RESULTS_SOFT_LIMIT + RECORD_VALUES_LIMIT + MEBIBYTE

# Words of the progress table, each an unsigned 64 bit integer.
PUBLISHED = 0
"""Bytes of the results area that hold whole result records."""
LOADING = 1
"""Ordinal of the stage whose script is being imported, or whose setup runs."""
FIRST_SLOT = 8

# A slot describes one record in flight. Words within a slot:
SLOT_POSITION = 0
SLOT_STARTED = 1
"""`time.monotonic_ns()` at the start of the record, 0 while the slot is idle."""
SLOT_STAGE = 2
SLOT_WORDS = 3

SLOTS = 1024
PROGRESS_BYTES = 8 * (FIRST_SLOT + SLOTS * SLOT_WORDS)


@dataclass(frozen=True, slots=True)
class Slot:
    """One record in flight, as the process that ran it left it."""

    position: int
    started: int
    stage: int


class SharedMemory:
    """Input areas, the results area and the progress table; made once, inherited by every fork."""

    def __init__(self) -> None:
        self.inputs = [mmap.mmap(-1, INPUT_AREA_BYTES) for _ in range(INPUT_AREAS)]
        self.results = mmap.mmap(-1, RESULTS_AREA_BYTES)
        self.progress = memoryview(mmap.mmap(-1, PROGRESS_BYTES)).cast("Q")

    def published(self) -> int:
        """Bytes of whole result records; never more than the area, whatever user code wrote there."""
        return min(self.progress[PUBLISHED], RESULTS_AREA_BYTES)

    def slots(self, count: int) -> list[Slot]:
        """The records in flight among the first `count` slots, oldest start first."""
        busy = []
        for at in range(FIRST_SLOT, FIRST_SLOT + count * SLOT_WORDS, SLOT_WORDS):
            position, started, stage = self.progress[at : at + SLOT_WORDS]
            if started:
                busy.append(Slot(position, started, stage))
        return sorted(busy, key=lambda slot: slot.started)

    def clear_progress(self, count: int) -> None:
        """Forget published results and the first `count` slots; only while no batch process lives."""
        self.progress[PUBLISHED] = 0
        for at in range(FIRST_SLOT, FIRST_SLOT + count * SLOT_WORDS):
            self.progress[at] = 0

    def give_back_results(self) -> None:
        """Return the pages of an unusually large result to the system."""
        self.results.madvise(mmap.MADV_REMOVE)

    def give_back_input(self, area: int) -> None:
        """Return the pages of an unusually large record to the system."""
        self.inputs[area].madvise(mmap.MADV_REMOVE)
