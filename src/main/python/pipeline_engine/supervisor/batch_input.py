from pipeline_engine.channels.batch_orders import InputReady
from pipeline_engine.channels.shared_memory import SharedMemory
from pipeline_engine.protocol.frames import ProtocolViolation
from pipeline_engine.protocol.limits import MEBIBYTE

_FREE_PAGES_FROM = 2 * MEBIBYTE


class BatchInput:
    """Assigns input areas. An area is free again when all its records have results."""

    def __init__(self, memory: SharedMemory, total: int) -> None:
        self._memory = memory
        self._total = total
        self._expected = True
        self._filling = 0
        self.arrived = 0
        self.ready: list[InputReady] = []

    @property
    def is_expected(self) -> bool:
        return self._expected

    def buffer_for(self, length: int) -> memoryview:
        """The memory for an INPUT of `length` bytes; raises ProtocolViolation if none is due."""
        area = self._free_area()
        if not self._expected or area is None or not length:
            raise ProtocolViolation("an INPUT that was not asked for")
        self._filling = area
        return memoryview(self._memory.inputs[area])[:length]

    def accept(self, payload: memoryview) -> InputReady:
        """Register a received INPUT; raises ProtocolViolation if it is not whole records of the batch."""
        count = bytes(payload).count(b"\n")
        if payload[-1] != ord("\n") or self.arrived + count > self._total:
            raise ProtocolViolation(f"an INPUT with {count} records where {self._total - self.arrived} are left")
        found = InputReady(self._filling, len(payload), self.arrived, count)
        self.ready.append(found)
        self.arrived += count
        self._expected = False
        return found

    def release(self, settled: int) -> None:
        """Free the areas whose records all have positions before `settled`."""
        while self.ready and self.ready[0].first + self.ready[0].records <= settled:
            done = self.ready.pop(0)
            if done.length > _FREE_PAGES_FROM:
                self._memory.free_input_pages(done.area)

    def want(self) -> bool:
        """Whether to request one more INPUT now; it is pending from then on."""
        if self._expected or self.arrived == self._total or self._free_area() is None:
            return False
        self._expected = True
        return True

    def _free_area(self) -> int | None:
        used = {ready.area for ready in self.ready}
        return next((area for area in range(len(self._memory.inputs)) if area not in used), None)
