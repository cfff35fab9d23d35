import os
import select
import socket
import sys
import time
from collections.abc import Callable
from typing import NoReturn

from pipeline_engine.channels.exit_codes import ExitCode
from pipeline_engine.channels.loader_messages import LoaderMessage, LoaderMessageType
from pipeline_engine.linux.processes import (
    die_with_parent,
    has_threads_or_children,
    kill,
    live_without_parent,
    wait_for_end,
)

_POLL_SECONDS = 0.0005
_DONE = b"."


def continue_in_clean_fork(channel: socket.socket) -> None:
    """Continue in a fork if there are other threads or children, which could carry state from batch to batch.

    Threads end with this process, the supervisor adopts its children, and timers are not inherited.
    """
    if not has_threads_or_children():
        return
    parent = os.getpid()
    successor = os.fork()
    if successor:
        _hand_over(channel, successor)
    _outlive(parent)
    _forget_resource_tracker()


def continue_in_successor(channel: socket.socket, work: Callable[[], bool], seconds: float) -> None:
    """Do `work` in a fork, and continue there if it returns true in time; else continue in this process."""
    parent = os.getpid()
    outcome, outcome_end = os.pipe()
    successor = os.fork()
    if not successor:
        die_with_parent()
        try:
            is_done = work()
        except BaseException:
            is_done = False
        if not is_done:
            os._exit(ExitCode.ENGINE_FAILED)
        live_without_parent()
        os.write(outcome_end, _DONE)
        _outlive(parent)
    os.close(outcome_end)
    if successor:
        readable, _, _ = select.select([outcome], [], [], seconds)
        if readable and os.read(outcome, 1) == _DONE:
            _hand_over(channel, successor)
        kill(successor)
        wait_for_end(successor)
    os.close(outcome)


def _hand_over(channel: socket.socket, successor: int) -> NoReturn:
    LoaderMessage.with_number(LoaderMessageType.LOADER_MOVED, successor).send(channel)
    os._exit(ExitCode.DONE)


def _outlive(parent: int) -> None:
    """Wait for the end of the loader that this process succeeds."""
    while os.getppid() == parent:
        time.sleep(_POLL_SECONDS)
    die_with_parent()


def _forget_resource_tracker() -> None:
    """Have multiprocessing start a new tracker when it needs one, instead of warning that the first has died.

    Its pipe stays open, because the old tracker would remove the shared memory of imports when it closes.
    """
    tracker = getattr(sys.modules.get("multiprocessing.resource_tracker"), "_resource_tracker", None)
    if tracker is not None and getattr(tracker, "_fd", None) is not None:
        tracker._fd = tracker._pid = None
