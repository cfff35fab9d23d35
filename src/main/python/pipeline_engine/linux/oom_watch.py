"""Whether the kernel has killed a process for lack of memory."""

from pipeline_engine.linux.processes import oom_kills


class OomWatch:
    def __init__(self) -> None:
        self._before = oom_kills()

    def ran_out_of_memory(self) -> bool:
        """Whether any process of this sandbox has been killed for lack of memory since then."""
        now = oom_kills()
        return now is not None and self._before is not None and now > self._before
