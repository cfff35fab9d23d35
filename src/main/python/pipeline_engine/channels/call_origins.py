"""Which record a connection to the relay belongs to: the process that connects notes it by the port of its own end.

User code can write here as it likes, so this is book-keeping: a call that lies is booked for another record of its run.
"""

import mmap
from typing import NamedTuple

_PORTS = 65_536
_WORDS = 3
_STAGES = range(-1, 32_768)


class CallOrigin(NamedTuple):
    """Index of a record, ordinal of its stage, and since when the record's process has run (time.monotonic_ns)."""

    record: int
    stage: int
    since: int

    @property
    def is_known(self) -> bool:
        return self.record >= 0


UNKNOWN = CallOrigin(-1, -1, 0)


class CallOrigins:
    """A table with an entry for every port. Its pages take memory once they are used."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, 8 * _PORTS * _WORDS)
        self._words = memoryview(self._memory).cast("q")

    def note(self, port: int, origin: CallOrigin) -> None:
        """The next connection from this port belongs there."""
        at = port * _WORDS
        self._words[at + 1] = origin.stage
        self._words[at + 2] = origin.since
        # Last, and raised by one: an entry that was never written is 0.
        self._words[at] = origin.record + 1

    def take(self, port: int) -> CallOrigin:
        """Where a connection from this port belongs; forgets it, because the port will be used again."""
        at = port * _WORDS
        noted, stage, since = self._words[at : at + _WORDS]
        self._words[at] = 0
        if noted <= 0:
            return UNKNOWN
        return CallOrigin(noted - 1, stage if stage in _STAGES else -1, since)

    def forget_all(self) -> None:
        """Of processes that have ended: their ports will be used by others, who may note nothing."""
        self._memory.madvise(mmap.MADV_REMOVE)
