from collections.abc import Callable
from dataclasses import dataclass, field
from selectors import BaseSelector

from pipeline_engine.channels.loader_messages import RunLoader
from pipeline_engine.channels.shared_memory import SharedMemory
from pipeline_engine.protocol.service_connection import ServiceConnection


@dataclass(frozen=True, slots=True)
class Context:
    """The supervisor's connection, loop and memory; `close_in_forks` closes what only the supervisor may hold."""

    connection: ServiceConnection
    selector: BaseSelector
    memory: SharedMemory
    run_loader: RunLoader
    close_in_forks: list[Callable[[], None]] = field(default_factory=list)
