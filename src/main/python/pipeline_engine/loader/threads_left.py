"""The threads that are left when the scripts are imported: a fork of a process that has some may hang."""

import os
import sys
import time
from collections.abc import Collection

from pipeline_engine.linux.processes import name_of_thread, threads

_LOOKS = 5
_SECONDS_BETWEEN_LOOKS = 0.002
_NAMES_SHOWN = 5


def threads_left() -> list[int]:
    """The threads of this process but the main one; waits a moment for those that are just ending."""
    for _ in range(_LOOKS):
        if len(threads()) == 1:
            return []
        time.sleep(_SECONDS_BETWEEN_LOOKS)
    return [number for number in threads() if number != os.getpid()]


def account_of(left: Collection[int], started_by: Collection[str], seconds: float) -> str:
    """What the log says of threads that are left, of the modules that started them and of what that costs."""
    names = _names()
    shown = [names.get(number) or name_of_thread(number) for number in left]
    count = "1 thread is" if len(left) == 1 else f"{len(left)} threads are"
    packages = list(dict.fromkeys(_package_of(module) for module in started_by))
    origin = f", started by {_listed([f'`import {package}`' for package in packages])}" if packages else ""
    return (
        f"{count} left when the scripts are imported ({_listed(shown)}){origin}. A fork of a process with threads may "
        f"hang, so every batch imports the scripts anew, which takes {seconds:.1f} s"
    )


def _package_of(module: str) -> str:
    """The outermost package that the module is in. One without code of its own may be shared by others."""
    parts = module.split(".")
    for depth in range(1, len(parts)):
        package = ".".join(parts[:depth])
        if getattr(sys.modules.get(package), "__file__", None):
            return package
    return module


def _names() -> dict[int, str]:
    """The names that Python has given to threads, by the kernel's number."""
    threading = sys.modules.get("threading")
    if threading is None:
        return {}
    try:
        return {thread.native_id: str(thread.name) for thread in threading.enumerate()}
    except Exception:
        # A package has changed what a thread is.
        return {}


def _listed(texts: list[str]) -> str:
    left_out = len(texts) - _NAMES_SHOWN
    return ", ".join(texts[:_NAMES_SHOWN]) + (f" and {left_out} more" if left_out > 0 else "")
