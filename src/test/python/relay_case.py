"""What tests of the relay share."""

import hashlib
import socket
import struct
import time
import unittest

from engine_service import EngineService, script
from outbound_service import OutboundService, free_port
from process_table import descendants, is_alive, name_of

IDLE = "def transform(record):\n    return record\n"
CALL = script("""
    import os
    import urllib.request

    def transform(record):
        request = urllib.request.Request(os.environ["CALLS"] + record["path"], record.get("body", "").encode())
        with urllib.request.urlopen(request) as answer:
            record["answer"] = answer.read().decode()
        return record
""")
MEBIBYTE = 1 << 20
CANCELLED_WITHIN = 0.1
LONGEST_START = 10


class RelayCase(unittest.TestCase):
    def setUp(self) -> None:
        self.engine = EngineService()
        self.addCleanup(self.engine.close)
        self.service = OutboundService(self.engine.folder)
        self.addCleanup(self.service.close)
        self.port = free_port()
        self.outbound = {"port": self.port, "environment": {"CALLS": f"http://127.0.0.1:{self.port}"}}

    def load(self, *sources: str, **settings) -> None:
        self.engine.load(*sources, outbound=self.outbound, **settings)

    def connect(self, request: bytes = b"GET /now HTTP/1.1\r\n\r\n") -> socket.socket:
        """A connection of this process, which the relay takes as it does those of scripts."""
        client = socket.create_connection(("127.0.0.1", self.port))
        self.addCleanup(client.close)
        client.settimeout(30)
        client.sendall(request)
        return client

    def relay(self) -> int:
        """Process id of the relay that runs, once there is one."""
        deadline = time.monotonic() + LONGEST_START
        while time.monotonic() < deadline:
            for process in descendants(self.engine.process.pid):
                if name_of(process) == "relay" and is_alive(process):
                    return process
        raise AssertionError("there is no relay")


def read_all(client: socket.socket) -> bytes:
    data = bytearray()
    while piece := client.recv(MEBIBYTE):
        data += piece
    return bytes(data)


def pattern(size: int) -> bytes:
    """Bytes in which no two places look alike."""
    return b"".join(hashlib.sha256(struct.pack(">Q", at)).digest() for at in range(size // 32 + 1))[:size]
