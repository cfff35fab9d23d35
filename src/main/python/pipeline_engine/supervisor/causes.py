import os
import signal
from typing import NamedTuple

from pipeline_engine.protocol.error_codes import ErrorCode


class Cause(NamedTuple):
    code: ErrorCode
    message: str


def cause_of_death(status: int | None, ran_out_of_memory: bool) -> Cause:
    """Interpret a wait status (None: unknown). Memory is the cause only if the kernel's counter says so too."""
    if status is None or status < 0:
        if ran_out_of_memory:
            return _out_of_memory()
        return Cause(ErrorCode.SCRIPT_CRASHED, "the process and the one it came from were killed")
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number == signal.SIGKILL and ran_out_of_memory:
            return _out_of_memory()
        return Cause(ErrorCode.SCRIPT_CRASHED, f"the process died with signal {number} ({_signal_name(number)})")
    return Cause(ErrorCode.SCRIPT_CRASHED, f"the process ended itself with exit code {os.WEXITSTATUS(status)}")


def _out_of_memory() -> Cause:
    return Cause(ErrorCode.OOM_KILLED, "the process was killed because the sandbox had no memory left")


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return "real-time signal"
