"""Whether the kernel has killed anything for want of memory."""

from pipeline_engine.linux.processes import oom_kills


class OomWatch:
    """Compares the kernel's counter with what it was when the watch began."""

    def __init__(self) -> None:
        self._before = oom_kills()

    def was_short_of_memory(self) -> bool:
        """Whether any process of this sandbox has been killed for want of memory since then."""
        now = oom_kills()
        return now is not None and self._before is not None and now > self._before
