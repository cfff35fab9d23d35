"""The loop of the relay: one thread, one epoll."""

import gc
import os
import resource
import select
import time
from collections import deque
from collections.abc import Callable
from select import EPOLLIN
from socket import socket
from typing import NoReturn

from pipeline_engine.channels.outbound_memory import OutboundMemory
from pipeline_engine.relay.call import TOKEN_BYTES, Buffer, Call
from pipeline_engine.relay.record_clocks import RecordClocks

_CALLS_LIMIT = 64
"""Calls with the service at one time; it accepts no more of one sandbox. Those beyond wait, their clocks stopped."""

_CONNECTIONS_LIMIT = 448
"""Connections of scripts at one time, if there are descriptors for so many; more wait in the backlog."""

_OTHER_DESCRIPTORS = 16

_SECONDS_TO_TRY_AGAIN = 0.01


class Relay:
    """Accepts connections of scripts on `listener` and connects each to the service's socket at `path`."""

    def __init__(self, listener: socket, path: str, memory: OutboundMemory) -> None:
        self._listener = listener
        self._path = path
        self._origins = memory.origins
        self._clocks = RecordClocks(memory.waiting_times)
        self._epoll = select.epoll()
        self._handlers: dict[int, Callable[[int], None]] = {}
        self._connections_limit = _connections_limit()
        self._is_accepting = False
        self._calls: set[Call] = set()
        self._admitted: set[Call] = set()
        self._queue: deque[Call] = deque()
        self._to_try_again: list[Call] = []
        self._ended: list[socket] = []
        self.buffer = Buffer()
        self.token = os.urandom(TOKEN_BYTES)

    def run(self) -> NoReturn:
        """Serve until this process is killed."""
        # Nothing here makes cycles.
        gc.disable()
        while True:
            self._accept_while_there_is_room()
            for descriptor, events in self._epoll.poll(_SECONDS_TO_TRY_AGAIN if self._to_try_again else None):
                # An earlier event may have ended the call of this one.
                handle = self._handlers.get(descriptor)
                if handle is not None:
                    handle(events)
            self._close_ended()
            self._begin_more()

    def _accept_while_there_is_room(self) -> None:
        has_room = len(self._calls) < self._connections_limit
        if has_room == self._is_accepting:
            return
        self._is_accepting = has_room
        if has_room:
            self.watch(self._listener.fileno(), EPOLLIN, self._accept)
        else:
            self._epoll.unregister(self._listener)

    def _accept(self, _: int) -> None:
        try:
            client, (_, port) = self._listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return
        except OSError:
            # No memory is left; the calls that are open may release some.
            time.sleep(_SECONDS_TO_TRY_AGAIN)
            return
        origin = self._origins.take(port)
        call = Call(self, client, origin, self._clocks.of(origin), self._path)
        self._calls.add(call)
        # The listener only reports connections that have sent something.
        call.client_ready(EPOLLIN)

    def _close_ended(self) -> None:
        """Only when all events are handled: the next connection gets the same descriptors."""
        for ended in self._ended:
            ended.close()
        self._ended.clear()

    def _begin_more(self) -> None:
        retried, self._to_try_again = self._to_try_again, []
        for call in retried:
            if call in self._calls:
                call.begin()
        while self._queue and len(self._admitted) < _CALLS_LIMIT:
            call = self._queue.popleft()
            if call in self._calls:
                self._admitted.add(call)
                call.begin()

    def watch(self, descriptor: int, events: int, handle: Callable[[int], None]) -> None:
        self._handlers[descriptor] = handle
        self._epoll.register(descriptor, events)

    def change(self, descriptor: int, before: int, events: int) -> None:
        if not events:
            self._epoll.unregister(descriptor)
        elif before:
            self._epoll.modify(descriptor, events)
        else:
            self._epoll.register(descriptor, events)

    def admit(self, call: Call) -> bool:
        if self._queue or len(self._admitted) >= _CALLS_LIMIT:
            self._queue.append(call)
            return False
        self._admitted.add(call)
        return True

    def try_again(self, call: Call) -> None:
        self._to_try_again.append(call)

    def end(self, call: Call, sockets: list[socket]) -> None:
        self._calls.discard(call)
        self._admitted.discard(call)
        for ended in sockets:
            self._handlers.pop(ended.fileno(), None)
        self._ended += sockets


def _connections_limit() -> int:
    descriptors, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return min(_CONNECTIONS_LIMIT, max(_CALLS_LIMIT, descriptors - _CALLS_LIMIT - _OTHER_DESCRIPTORS))
