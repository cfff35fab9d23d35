"""Exit codes of the engine's own processes. Scripts can end with them too, so the supervisor ignores them."""

from enum import IntEnum


class ExitCode(IntEnum):
    DONE = 0
    ENGINE_FAILED = 70
    SCRIPTS_REFUSED = 75
    SETUP_FAILED = 76
    SUPERVISOR_GONE = 77
