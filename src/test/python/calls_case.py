"""What tests of whose call it is share."""

import unittest

from engine_service import EngineService, script
from outbound_service import OutboundService, free_port

URLLIB = script("""
    import os, urllib.request

    def ask(text):
        request = urllib.request.Request(os.environ["CALLS"] + text.get("path", "/ask"), str(text["n"]).encode())
        with urllib.request.urlopen(request) as answer:
            return answer.read().decode()

    def transform(record):
        ask(record)
        return record
""")


class CallsCase(unittest.TestCase):
    def setUp(self) -> None:
        self.engine = EngineService()
        self.addCleanup(self.engine.close)
        self.service = OutboundService(self.engine.folder)
        self.addCleanup(self.service.close)
        self.port = free_port()

    def load(self, *sources: str, **settings) -> None:
        environment = {"CALLS": f"http://127.0.0.1:{self.port}", "PORT": str(self.port)}
        self.engine.load(*sources, outbound={"port": self.port, "environment": environment}, **settings)

    def origins(self) -> list[tuple[int, int, int]]:
        """Record and stage of every call, with the number in its body."""
        return sorted((call.record, call.stage, int(call.body or b"-1")) for call in self.service.calls)
