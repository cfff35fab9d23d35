"""Start of the engine in a sandbox: connect to the service and become the supervisor."""

import os
import socket
import sys

from pipeline_engine.loader.loader import run_loader
from pipeline_engine.supervisor.supervisor import Supervisor


def main() -> None:
    """Connect to the socket named by the only argument and serve until it closes."""
    if len(sys.argv) != 2:
        sys.exit("usage: python3 -I -B -u -X utf8 <engine> <socket>")
    channel = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    channel.connect(sys.argv[1])
    Supervisor(channel, run_loader, os.path.dirname(sys.argv[1])).run()
