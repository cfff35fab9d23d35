from pipeline_engine.protocol.frames import FrameType
from pipeline_engine.protocol.limits import MEBIBYTE
from pipeline_engine.protocol.result_records import MalformedResults, Tally, check_records, size_of_records
from pipeline_engine.supervisor.context import Context

_FREE_PAGES_FROM = 4 * MEBIBYTE
_UNSENT_LIMIT = 8 * MEBIBYTE


class ResultIntake:
    """Takes what a batch process publishes; `tally` counts all records of the batch that have a result.

    `complete` is the number of values of a record that succeeded. After a result that is malformed or out of order
    (`is_corrupt`) nothing more is taken from that process.
    """

    def __init__(self, context: Context, complete: int) -> None:
        self._memory = context.memory
        self._connection = context.connection
        self._complete = complete
        self._taken = 0
        self._seen = 0
        self.tally = Tally()
        self.is_corrupt = False

    @property
    def can_send(self) -> bool:
        return self._connection.pending_bytes <= _UNSENT_LIMIT

    def take(self, stop: int) -> bool:
        """Take all published results of records before the position `stop`; false if they are corrupt."""
        return self._take(self._memory.published(), stop)

    def take_seen(self, stop: int) -> bool:
        """As `take`, but only what was published at the last call: without a notice, the rest may be incomplete."""
        seen, self._seen = self._seen, self._memory.published()
        return self._take(seen, stop)

    def _take(self, published: int, stop: int) -> bool:
        if self.is_corrupt or published <= self._taken:
            return not self.is_corrupt
        block = self._memory.results[self._taken : published]
        try:
            found = check_records(block, self.tally.records, self._complete)
        except MalformedResults as malformed:
            # The records before it had their results already.
            self.is_corrupt = True
            block = block[: malformed.valid_bytes]
            found = check_records(block, self.tally.records, self._complete)
        due = stop - self.tally.records
        if found.records > due:
            self.is_corrupt = True
            block = block[: size_of_records(block, due)]
            found = check_records(block, self.tally.records, self._complete)
        self._taken += len(block)
        if block:
            self.send(block, found)
        return not self.is_corrupt

    def send(self, block: bytes | bytearray, found: Tally) -> None:
        self.tally.add(found)
        self._connection.send(FrameType.RESULTS, block)

    def clear(self) -> None:
        """Start again at the beginning of the results area; only while its process waits or is dead."""
        if self._memory.published() > _FREE_PAGES_FROM:
            self._memory.free_result_pages()
        self._taken = self._seen = 0
        self._memory.publish(0)
