"""Notes which record connects to the relay, whatever client it uses.

Every connection that Python makes raises an audit event with its socket before it is made, in the thread or task that
makes it. Connections of other programs and of extension modules raise none; their record is not known.
"""

import sys
from _socket import AF_INET, SOCK_STREAM, socket
from collections.abc import Callable
from typing import Any

from pipeline_engine.channels.call_origins import CallOrigins
from pipeline_engine.runner.current_record import CurrentRecord

_LOOPBACK = "127.0.0.1"
_HOSTS = (_LOOPBACK, "localhost")


def note_connections(port: int, origins: CallOrigins, current: CurrentRecord) -> None:
    """From now on, in this process and its forks, for as long as they live."""
    sys.addaudithook(_noting(port, origins, current))


def _noting(port: int, origins: CallOrigins, current: CurrentRecord) -> Callable[[str, tuple[Any, ...]], None]:
    def note(event: str, arguments: tuple[Any, ...]) -> None:
        if event != "socket.connect":
            return
        connecting, address = arguments
        if type(address) is not tuple or address[1:] != (port,) or address[0] not in _HOSTS:
            return
        try:
            if connecting.family == AF_INET and connecting.type == SOCK_STREAM:
                origins.note(_own_port(connecting), current.origin())
        except Exception:
            # The call must not fail because nobody knows whose it is.
            return

    return note


def _own_port(connecting: Any) -> int:
    """The port that the socket is bound to; binds it if necessary. Not by methods that a subclass may have changed."""
    port: int = socket.getsockname(connecting)[1]
    if not port:
        socket.bind(connecting, (_LOOPBACK, 0))
        port = socket.getsockname(connecting)[1]
    return port
