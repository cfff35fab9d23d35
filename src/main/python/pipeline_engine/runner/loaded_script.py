from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pipeline_engine.protocol.pipeline import StageScript


@dataclass(frozen=True, slots=True)
class LoadedScript:
    """A stage ready to run; `awaits` and `setup_awaits` tell which of its functions give something to await."""

    script: StageScript
    transform: Callable[[Any], Any]
    awaits: bool
    setup: Callable[[], Any] | None
    setup_awaits: bool

    @property
    def is_asynchronous(self) -> bool:
        return self.awaits or self.setup_awaits
