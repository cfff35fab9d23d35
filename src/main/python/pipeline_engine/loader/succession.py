"""How a loader whose imports have started threads or processes goes on without them."""

import os
import socket
import sys
import time

from pipeline_engine.channels.exit_codes import ExitCode
from pipeline_engine.channels.loader_messages import LoaderMessage, LoaderMessageType
from pipeline_engine.linux.processes import die_with_parent, has_company

_BETWEEN_LOOKS = 0.0005


def leave_company_behind(channel: socket.socket) -> None:
    """Go on in a fork if there are other threads or processes, which could carry what one batch does to the next.

    Threads end with this process, its children fall to the supervisor, and timers are not inherited.
    """
    if not has_company():
        return
    parent = os.getpid()
    successor = os.fork()
    if successor:
        LoaderMessage.with_number(LoaderMessageType.LOADER_MOVED, successor).send(channel)
        os._exit(ExitCode.DONE)
    while os.getppid() == parent:
        time.sleep(_BETWEEN_LOOKS)
    die_with_parent()
    _forget_resource_tracker()


def _forget_resource_tracker() -> None:
    """Have multiprocessing start a new tracker when it needs one, instead of warning that the first has died.

    Its pipe stays open: at its end the tracker would remove the shared memory that imports have made.
    """
    tracker = getattr(sys.modules.get("multiprocessing.resource_tracker"), "_resource_tracker", None)
    if tracker is not None and getattr(tracker, "_fd", None) is not None:
        tracker._fd = tracker._pid = None
