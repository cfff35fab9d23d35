"""Stops the clock of a record while all of its open calls wait."""

from time import monotonic_ns

from pipeline_engine.channels.call_origins import CallOrigin
from pipeline_engine.channels.waiting_times import PLACES, WaitingTimes


class RecordClock:
    """Counts the calls of one record: those that are open and, of them, those that wait."""

    def __init__(self, clocks: "RecordClocks", origin: CallOrigin) -> None:
        self._clocks = clocks
        self._open = 0
        self._waiting = 0
        self._is_stopped = False
        self.origin = origin

    def begin_call(self) -> None:
        self._change(1, 0)

    def begin_wait(self) -> None:
        self._change(0, 1)

    def end_wait(self) -> None:
        self._change(0, -1)

    def end_call(self) -> None:
        """A call ends that does not wait."""
        self._change(-1, 0)

    def _change(self, open_calls: int, waiting: int) -> None:
        self._open += open_calls
        self._waiting += waiting
        stops = 0 < self._open == self._waiting
        if stops != self._is_stopped:
            self._is_stopped = stops
            self._clocks.note(self, stops)


class RecordClocks:
    """The clocks of all records that have made calls lately, as many as can be in flight."""

    def __init__(self, times: WaitingTimes) -> None:
        self._times = times
        self._by_place: dict[int, RecordClock] = {}
        times.all_go_on(monotonic_ns())

    def of(self, origin: CallOrigin) -> RecordClock | None:
        """The clock of a call's record; None if the record is not known."""
        if not origin.is_known:
            return None
        place = origin.record % PLACES
        found = self._by_place.get(place)
        if found is None or found.origin.record != origin.record or found.origin.since != origin.since:
            found = self._by_place[place] = RecordClock(self, origin)
            self._times.begin(origin.record, origin.since)
        return found

    def note(self, clock: RecordClock, is_stopped: bool) -> None:
        """A clock has stopped or goes on."""
        index = clock.origin.record
        if self._by_place[index % PLACES] is not clock:
            # Another record has taken the place, so this one is over.
            return
        if is_stopped:
            self._times.stop(index, monotonic_ns())
        else:
            self._times.go_on(index, monotonic_ns())
