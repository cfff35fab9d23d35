import os
import socket
import sys
import time

from pipeline_engine.channels.exit_codes import ExitCode
from pipeline_engine.channels.loader_messages import LoaderMessage, LoaderMessageType
from pipeline_engine.linux.processes import die_with_parent, has_threads_or_children

_POLL_SECONDS = 0.0005


def continue_in_clean_fork(channel: socket.socket) -> None:
    """Continue in a fork if there are other threads or children, which could carry state from batch to batch.

    Threads end with this process, the supervisor adopts its children, and timers are not inherited.
    """
    if not has_threads_or_children():
        return
    parent = os.getpid()
    successor = os.fork()
    if successor:
        LoaderMessage.with_number(LoaderMessageType.LOADER_MOVED, successor).send(channel)
        os._exit(ExitCode.DONE)
    while os.getppid() == parent:
        time.sleep(_POLL_SECONDS)
    die_with_parent()
    _forget_resource_tracker()


def _forget_resource_tracker() -> None:
    """Have multiprocessing start a new tracker when it needs one, instead of warning that the first has died.

    Its pipe stays open, because the old tracker would remove the shared memory of imports when it closes.
    """
    tracker = getattr(sys.modules.get("multiprocessing.resource_tracker"), "_resource_tracker", None)
    if tracker is not None and getattr(tracker, "_fd", None) is not None:
        tracker._fd = tracker._pid = None
