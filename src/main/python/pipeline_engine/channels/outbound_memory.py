"""The memory that the relay shares with supervisor and batch processes."""

from pipeline_engine.channels.call_origins import CallOrigins
from pipeline_engine.channels.waiting_times import WaitingTimes


class OutboundMemory:
    """Made for a pipeline whose scripts may call out of the sandbox; inherited by every fork."""

    def __init__(self) -> None:
        self.origins = CallOrigins()
        self.waiting_times = WaitingTimes()
