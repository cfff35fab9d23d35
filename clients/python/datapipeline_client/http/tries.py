from __future__ import annotations

import random
from collections.abc import Callable

_FIRST_PAUSE = 0.1
_LONGEST_PAUSE = 5.0


class Tries:
    """Waits longer before each repetition of a request, until `seconds` have passed since the first."""

    def __init__(
        self, seconds: Callable[[], float], sleep: Callable[[float], None], clock: Callable[[], float]
    ) -> None:
        self._seconds = seconds
        self._sleep = sleep
        self._clock = clock
        self._started = clock()
        self._pause = _FIRST_PAUSE

    def wait(self, at_least: float = 0) -> bool:
        """Returns when the next try is due; False, at once, when none is."""
        pause = max(self._pause, at_least)
        if self._clock() - self._started + pause > self._seconds():
            return False
        # Clients that lost their service at the same moment do not come back at the same moment.
        self._sleep(pause * random.uniform(1, 1.25))
        self._pause = min(2 * self._pause, _LONGEST_PAUSE)
        return True

    def renew(self) -> None:
        """Something went well since: the next fault has all the time again."""
        self._started = self._clock()
        self._pause = _FIRST_PAUSE
