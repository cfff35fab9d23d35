"""The way of result records from shared memory to the service: checked, counted and in order."""

from pipeline_engine.protocol.frames import FrameType
from pipeline_engine.protocol.limits import MEBIBYTE
from pipeline_engine.protocol.result_records import MalformedResults, Tally, check_records, size_of_records
from pipeline_engine.supervisor.context import Context

_WORTH_GIVING_BACK = 4 * MEBIBYTE
_UNSENT_LIMIT = 8 * MEBIBYTE


class ResultIntake:
    """Takes what a batch process publishes; `tally` counts all records of the batch that have a result.

    `complete` is how many values a record has that succeeded. Once a process has left something that is no result
    in order, nothing more is taken from it.
    """

    def __init__(self, context: Context, complete: int) -> None:
        self._memory = context.memory
        self._connection = context.connection
        self._complete = complete
        self._taken = 0
        self._seen = 0
        self.tally = Tally()
        self.is_spoiled = False

    @property
    def can_send(self) -> bool:
        """Whether the service keeps up, so that results may be taken into the supervisor's own memory."""
        return self._connection.pending_bytes <= _UNSENT_LIMIT

    def take(self, stop: int) -> bool:
        """Take all that is published, of records before the position `stop`; false if it is not what it must be."""
        return self._take(self._memory.published(), stop)

    def take_seen(self, stop: int) -> bool:
        """Take what was published at the last call: without a notice, only that is surely written completely."""
        seen, self._seen = self._seen, self._memory.published()
        return self._take(seen, stop)

    def _take(self, published: int, stop: int) -> bool:
        if self.is_spoiled or published <= self._taken:
            return not self.is_spoiled
        block = self._memory.results[self._taken : published]
        try:
            found = check_records(block, self.tally.records, self._complete)
        except MalformedResults as malformed:
            # What stands before it is of records that had their results already: they are not to blame.
            self.is_spoiled = True
            block = block[: malformed.sound]
            found = check_records(block, self.tally.records, self._complete)
        due = stop - self.tally.records
        if found.records > due:
            self.is_spoiled = True
            block = block[: size_of_records(block, due)]
            found = check_records(block, self.tally.records, self._complete)
        self._taken += len(block)
        if block:
            self.send(block, found)
        return not self.is_spoiled

    def send(self, block: bytes | bytearray, found: Tally) -> None:
        """Send whole result records and count them."""
        self.tally.add(found)
        self._connection.send(FrameType.RESULTS, block)

    def clear(self) -> None:
        """Begin again at the start of the results area; its process waits or is dead."""
        if self._memory.published() > _WORTH_GIVING_BACK:
            self._memory.give_back_results()
        self._taken = self._seen = 0
        self._memory.publish(0)
