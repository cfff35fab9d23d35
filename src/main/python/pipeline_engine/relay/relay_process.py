"""The relay as the supervisor sees it: a process that is started again whenever it has ended."""

import os
import signal
import socket
import time
import traceback

from pipeline_engine.channels.exit_codes import ExitCode
from pipeline_engine.channels.outbound_memory import OutboundMemory
from pipeline_engine.linux.processes import die_with_parent, give_up_files, show_as
from pipeline_engine.relay.relay import Relay

_BACKLOG = 1024
_SECONDS_WITHOUT_DATA = 60
"""How long the kernel keeps a connection from the relay that has sent nothing."""

_LEAST_LIFE = 50_000_000
"""Nanoseconds from one start to the next."""

_FIRST_DESCRIPTOR = 3
_DESCRIPTORS = 65_536


class RelayProcess:
    """Owns the listening socket, so that connections wait while no relay runs and no script can take the port.

    `numbers` holds its process id while it runs. Raises OSError if the port cannot be used.
    """

    def __init__(self, port: int, path: str, memory: OutboundMemory) -> None:
        self._path = path
        self._memory = memory
        self._started = 0
        self.numbers: set[int] = set()
        self._listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, _SECONDS_WITHOUT_DATA)
        self._listener.setblocking(False)
        self._listener.bind(("127.0.0.1", port))
        self._listener.listen(_BACKLOG)
        self.check_time()

    def deadline(self) -> int | None:
        """When `check_time` is due (time.monotonic_ns), or None."""
        return None if self.numbers else self._started + _LEAST_LIFE

    def check_time(self) -> None:
        """Start the relay if it does not run, unless the last one was started a moment ago."""
        now = time.monotonic_ns()
        if self.numbers or now < self._started + _LEAST_LIFE:
            return
        self._started = now
        try:
            process = os.fork()
        except OSError:
            # Scripts have as many processes as the sandbox allows; those end with their batch.
            return
        if process:
            self.numbers.add(process)
            return
        try:
            self._become_relay()
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(ExitCode.ENGINE_FAILED)

    def child_died(self, process: int) -> None:
        """Note the death of a child of the supervisor."""
        self.numbers.discard(process)

    def close_in_fork(self) -> None:
        """In a fork that will run user code."""
        self._listener.close()
        self._memory.waiting_times.give_up_writing()

    def _become_relay(self) -> None:
        die_with_parent()
        show_as("relay")
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        listener = self._listener.dup()
        _close_all_but(listener.fileno())
        give_up_files()
        Relay(listener, self._path, self._memory).run()


def _close_all_but(kept: int) -> None:
    """Close what else the supervisor has open: its socket to the service above all."""
    os.closerange(_FIRST_DESCRIPTOR, kept)
    os.closerange(kept + 1, _DESCRIPTORS)
