"""How long the calls of a record have waited for their turn: such time does not count as the record's own.

The relay writes; the supervisor and batch processes read. User code cannot write where the kernel has
F_SEAL_FUTURE_WRITE (Linux 5.1); elsewhere it can, so readers bound what they make of it.
"""

import fcntl
import mmap
import os
from typing import NamedTuple

from pipeline_engine.protocol.limits import RECORDS_IN_FLIGHT_LIMIT

PLACES = 4 * RECORDS_IN_FLIGHT_LIMIT
"""Indexes of two records in flight differ by less, so an index modulo this number finds a record's place."""

# Words of a place.
_INDEX = 0
"""Index of the record and one."""
_SINCE = 1
"""Since when the process of the record has run: a record that runs again must not have the time of its first run."""
_WAITED = 2
"""Nanoseconds, without those of a wait that goes on."""
_STOPPED = 3
"""When the wait that goes on has begun, else 0."""
_WORDS = 4
_BYTES = 8 * _WORDS * PLACES

_SEAL_FUTURE_WRITE = 0x10
_SEALS = fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW


_LONGEST_RECORD = 4200
"""Seconds from the first stage of a record to its last, with all that it has waited."""


def longest_wait(time_limit: float) -> int:
    """How much waiting counts, in nanoseconds, for a record with a time limit in seconds."""
    return int((_LONGEST_RECORD - time_limit) * 1_000_000_000)


class Waited(NamedTuple):
    """The time that a record has waited, in nanoseconds, and whether that still grows."""

    nanoseconds: int
    is_waiting: bool


NOT_WAITED = Waited(0, False)


class WaitingTimes:
    """Memory that all processes share. Made by the supervisor; in a fork that runs user code call `give_up_writing`."""

    def __init__(self) -> None:
        descriptor = os.memfd_create("waiting-times", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        try:
            os.ftruncate(descriptor, _BYTES)
            self._writable = mmap.mmap(descriptor, _BYTES)
            # Who may not shrink a file cannot have its readers killed.
            fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, _SEALS)
            _seal_against_new_writers(descriptor)
            self._readable = memoryview(mmap.mmap(descriptor, _BYTES, prot=mmap.PROT_READ)).cast("q")
        finally:
            os.close(descriptor)
        self._bytes = memoryview(self._writable)
        self._words = self._bytes.cast("q")

    def give_up_writing(self) -> None:
        """Only read from now on, in this process and its forks."""
        self._words.release()
        self._bytes.release()
        self._writable.close()

    def waited(self, index: int, since: int, now: int, most: int) -> Waited:
        """How long the record has waited by `now`, at most `most`, in a process that has begun at `since` or later."""
        at = index % PLACES * _WORDS
        noted, noted_since, nanoseconds, stopped = self._readable[at : at + _WORDS]
        if noted != index + 1 or noted_since < since:
            return NOT_WAITED
        if stopped:
            nanoseconds += max(0, now - stopped)
        return Waited(min(max(0, nanoseconds), most), stopped != 0 and nanoseconds < most)

    def begin(self, index: int, since: int) -> None:
        """The relay: the record's first call begins."""
        at = index % PLACES * _WORDS
        self._words[at] = 0
        self._words[at + _STOPPED] = 0
        self._words[at + _WAITED] = 0
        self._words[at + _SINCE] = since
        self._words[at + _INDEX] = index + 1

    def stop(self, index: int, now: int) -> None:
        """The relay: from now on the record only waits."""
        self._words[index % PLACES * _WORDS + _STOPPED] = now

    def go_on(self, index: int, now: int) -> None:
        """The relay: the record no longer waits."""
        at = index % PLACES * _WORDS
        # In this order: a reader in between finds too much for a moment, which only lets it look again.
        self._words[at + _WAITED] += max(0, now - self._words[at + _STOPPED])
        self._words[at + _STOPPED] = 0

    def all_go_on(self, now: int) -> None:
        """The relay, when it begins: the calls that an earlier one has noted are gone."""
        for index in range(PLACES):
            if self._words[index * _WORDS + _STOPPED]:
                self.go_on(index, now)


def _seal_against_new_writers(descriptor: int) -> None:
    try:
        fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, _SEAL_FUTURE_WRITE | fcntl.F_SEAL_SEAL)
    except OSError:
        # An older kernel.
        fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, fcntl.F_SEAL_SEAL)
