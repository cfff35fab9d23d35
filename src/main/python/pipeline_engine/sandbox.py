"""Start of the engine in a sandbox: connect to the service and become the supervisor."""

import os
import socket
import sys
from importlib import import_module

_FIRST = (
    *("contextlib", "contextvars", "ctypes", "dataclasses", "enum", "faulthandler", "fcntl", "ipaddress", "json"),
    *("platform", "re", "resource", "selectors", "traceback", "typing"),
)
"""What the engine needs of the standard library. Its own modules then lie side by side: forks copy fewer pages."""


def main() -> None:
    """Connect to the socket named by the only argument and serve until it closes."""
    if len(sys.argv) != 2:
        sys.exit("usage: python3 -I -B -u -X utf8 <engine> <socket>")
    for name in _FIRST:
        import_module(name)
    from pipeline_engine.loader.loader import run_loader
    from pipeline_engine.loader.rehearsal import rehearse
    from pipeline_engine.supervisor.supervisor import Supervisor

    channel = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    channel.connect(sys.argv[1])
    rehearse()
    Supervisor(channel, run_loader, os.path.dirname(sys.argv[1])).run()
