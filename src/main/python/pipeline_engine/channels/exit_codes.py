"""The exit codes of the engine's own processes.

A script can end its process with any of them too, so the supervisor decides nothing by them.
"""

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of loader and batch process."""

    DONE = 0
    ENGINE_FAILED = 70
    SCRIPTS_REFUSED = 75
    SETUP_FAILED = 76
    SUPERVISOR_GONE = 77
