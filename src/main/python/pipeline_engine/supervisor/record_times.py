"""When the records in flight have used up their time."""

import time
from typing import NamedTuple

from pipeline_engine.channels.shared_memory import SharedMemory, Slot
from pipeline_engine.channels.waiting_times import longest_wait

_SECOND = 1_000_000_000
"""Nanoseconds."""

_NEVER = 1 << 63


class Due(NamedTuple):
    """A record in flight, and when its time is over as far as it can be told (time.monotonic_ns)."""

    slot: Slot
    at: int


class RecordTimes:
    """Applies the limit of a record, in seconds. The time stands still while all open calls of the record wait."""

    def __init__(self, memory: SharedMemory, limit: float) -> None:
        self._memory = memory
        self._limit = int(limit * _SECOND)
        self._longest_wait = longest_wait(limit)

    def first_due(self, concurrency: int, base: int, since: int) -> Due | None:
        """The record whose time is over first; None if none is in flight.

        `base` is the index of the batch's first record, `since` the start of the process.
        """
        slots = self._memory.slots(concurrency)
        if not slots:
            return None
        if self._memory.outbound is None:
            return Due(slots[0], slots[0].started + self._limit)
        times, now = self._memory.outbound.waiting_times, time.monotonic_ns()

        def due(slot: Slot) -> Due:
            waited = times.waited(base + slot.position, since, now, self._longest_wait)
            return Due(slot, _NEVER if waited.is_waiting else slot.started + self._limit + waited.nanoseconds)

        return min(map(due, slots), key=lambda due: due.at)
