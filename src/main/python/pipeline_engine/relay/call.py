"""One connection of a script and the one to the service that belongs to it.

Nothing is read from one side before the other has taken what came earlier, so each direction holds a buffer at most.
"""

import struct
from collections.abc import Callable
from select import EPOLLERR, EPOLLHUP, EPOLLIN, EPOLLOUT, EPOLLRDHUP
from socket import AF_UNIX, MSG_DONTWAIT, SOCK_NONBLOCK, SOCK_STREAM, socket
from typing import Protocol

from pipeline_engine.channels.call_origins import CallOrigin
from pipeline_engine.relay.record_clocks import RecordClock

PREAMBLE = struct.Struct(">B16sqh")
"""Version, token of the relay, index of the record, ordinal of the stage; -1 where these two are not known."""

TOKEN_BYTES = 16

_VERSION = 2
_BUFFER_BYTES = 65_536

# What the service tells before its answer, a byte each.
_WAITS = 1
_WENT_UP = 2
_HTTP_FOLLOWS = 3
_CONTINUE = 4

_CONTINUE_ANSWER = memoryview(b"HTTP/1.1 100 Continue\r\n\r\n")
_CLOSED = EPOLLRDHUP | EPOLLHUP | EPOLLERR
_NOTHING = memoryview(b"")


class Buffer:
    """Where all calls read to, one after the other. A preamble fits in front of what is read."""

    def __init__(self) -> None:
        self.whole = memoryview(bytearray(PREAMBLE.size + _BUFFER_BYTES))
        self.body = self.whole[PREAMBLE.size :]


class Loop(Protocol):
    """What a call needs of the relay. Events are those of epoll; a descriptor that awaits none is not watched."""

    buffer: Buffer

    token: bytes
    """Nobody else knows it, so the service need not look twice at who connects with it."""

    def watch(self, descriptor: int, events: int, handle: Callable[[int], None]) -> None: ...

    def change(self, descriptor: int, before: int, events: int) -> None: ...

    def admit(self, call: "Call") -> bool:
        """Whether the call may begin now. If not, the relay calls `begin` when it may."""
        ...

    def try_again(self, call: "Call") -> None:
        """Have `begin` called soon."""
        ...

    def end(self, call: "Call", sockets: list[socket]) -> None: ...


class Call:
    """From the accepted connection to its end. A client that closes, even if only for sending, ends it at once."""

    def __init__(self, loop: Loop, client: socket, origin: CallOrigin, clock: RecordClock | None, path: str) -> None:
        self._loop = loop
        self._client = client
        self._origin = origin
        self._clock = clock
        self._path = path
        self._service: socket | None = None
        self._for_service = _NOTHING
        self._for_client = _NOTHING
        self._reads_client = True
        self._is_answered = False
        self._is_waiting = False
        self._is_over = False
        self._client_events = self._service_events = EPOLLIN | EPOLLRDHUP
        if clock is not None:
            clock.begin_call()
        loop.watch(client.fileno(), self._client_events, self.client_ready)

    def client_ready(self, events: int) -> None:
        """Handle events of the script's connection."""
        if events & _CLOSED:
            self.end()
            return
        if self._service is None:
            self._ask_to_begin()
            return
        if events & EPOLLOUT:
            self._pass_to_client(_NOTHING)
        if events & EPOLLIN and not self._is_over:
            self._pass_to_service(self._service, self._loop.buffer.body[: self._receive(self._client)])
        self._await_events()

    def _ask_to_begin(self) -> None:
        """The script has sent something: connect to the service, or wait for that without reading it."""
        if self._loop.admit(self):
            self.begin()
        else:
            self._wait_for_a_place()

    def _wait_for_a_place(self) -> None:
        self._reads_client = False
        self._tell_clock(is_waiting=True)
        self._await_events()

    def begin(self) -> None:
        """Connect to the service and pass on what the script has sent."""
        try:
            service = _connected(self._path)
        except BlockingIOError:
            # Too many connections wait for the service to accept them.
            self._wait_for_a_place()
            self._loop.try_again(self)
            return
        except OSError:
            self.end()
            return
        self._service = service
        self._loop.watch(service.fileno(), self._service_events, self._service_ready)
        self._tell_clock(is_waiting=False)
        buffer = self._loop.buffer
        size = self._receive(self._client)
        PREAMBLE.pack_into(buffer.whole, 0, _VERSION, self._loop.token, self._origin.record, self._origin.stage)
        self._reads_client = True
        self._pass_to_service(service, buffer.whole[: PREAMBLE.size + size])
        self._await_events()

    def _service_ready(self, events: int) -> None:
        service = self._service
        if service is None:
            return
        if events & EPOLLOUT:
            self._pass_to_service(service, _NOTHING)
        if events & (EPOLLIN | _CLOSED) and not self._for_client:
            self._take_from_service(service, events)
        elif events & _CLOSED:
            # What it has sent is read when the client takes it; nothing more can be sent there.
            self._reads_client = False
            self._for_service = _NOTHING
        self._await_events()

    def _take_from_service(self, service: socket, events: int) -> None:
        while not self._is_over:
            size = self._receive(service)
            if not size:
                if events & _CLOSED:
                    self.end()
                return
            self._pass_to_client(self._after_signals(self._loop.buffer.body[:size]))
            # A service that has closed is read to the end at once.
            if not events & _CLOSED or self._for_client:
                return

    def _after_signals(self, data: memoryview) -> memoryview:
        """What of the data is for the client, once the signals before it are handled."""
        if self._is_answered:
            return data
        for at, signal in enumerate(data, 1):
            if signal == _HTTP_FOLLOWS:
                self._is_answered = True
                self._tell_clock(is_waiting=False)
                return data[at:]
            if signal in (_WAITS, _WENT_UP):
                self._tell_clock(is_waiting=signal == _WAITS)
            elif signal == _CONTINUE:
                self._pass_to_client(_CONTINUE_ANSWER)
            else:
                self.end()
                break
        return _NOTHING

    def _receive(self, sender: socket) -> int:
        """Read into the buffer of all calls; 0 if there is nothing, be it for now or for ever."""
        try:
            return sender.recv_into(self._loop.buffer.body, 0, MSG_DONTWAIT)
        except OSError:
            return 0

    def _pass_to_service(self, service: socket, data: memoryview) -> None:
        try:
            self._for_service = _send(service, self._for_service, data)
        except OSError:
            # It takes no more, but may have answered.
            self._reads_client = False
            self._for_service = _NOTHING

    def _pass_to_client(self, data: memoryview) -> None:
        try:
            self._for_client = _send(self._client, self._for_client, data)
        except OSError:
            self.end()

    def _await_events(self) -> None:
        """Read from each side only while nothing waits for the other."""
        if self._is_over:
            return
        events = EPOLLRDHUP
        if self._reads_client and not self._for_service:
            events |= EPOLLIN
        if self._for_client:
            events |= EPOLLOUT
        if events != self._client_events:
            self._loop.change(self._client.fileno(), self._client_events, events)
            self._client_events = events
        if self._service is None:
            return
        events = 0 if self._for_client else EPOLLIN | EPOLLRDHUP
        if self._for_service:
            events |= EPOLLOUT
        if events != self._service_events:
            self._loop.change(self._service.fileno(), self._service_events, events)
            self._service_events = events

    def _tell_clock(self, is_waiting: bool) -> None:
        if is_waiting == self._is_waiting or self._clock is None:
            return
        self._is_waiting = is_waiting
        if is_waiting:
            self._clock.begin_wait()
        else:
            self._clock.end_wait()

    def end(self) -> None:
        """Close both sides."""
        if self._is_over:
            return
        self._is_over = True
        self._tell_clock(is_waiting=False)
        if self._clock is not None:
            self._clock.end_call()
        self._loop.end(self, [self._client] if self._service is None else [self._client, self._service])


def _connected(path: str) -> socket:
    """A new connection to the service; raises OSError."""
    service = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK)
    try:
        service.connect(path)
    except OSError:
        service.close()
        raise
    return service


def _send(receiver: socket, waiting: memoryview, data: memoryview) -> memoryview:
    """Send what waits and the data after it; returns what the receiver has not taken. Raises OSError."""
    unsent = memoryview(b"".join((waiting, data))) if waiting and data else waiting or data
    if not unsent:
        return _NOTHING
    try:
        sent = receiver.send(unsent, MSG_DONTWAIT)
    except BlockingIOError:
        sent = 0
    if sent == len(unsent):
        return _NOTHING
    rest = unsent[sent:]
    # The buffer of all calls is used again.
    return rest if waiting else memoryview(bytes(rest))
