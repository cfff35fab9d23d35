"""Test cases with an engine and folders of packages."""

import unittest

from engine_service import EngineService
from package_folder import ImportCounter

KEEP = "def transform(record):\n    return record\n"
STATE = """
import os
state = []
def transform(record):
    state.append(1)
    if record.get("do"):
        exec(record["do"], globals() | {"record": record})
    return record | {"state": len(state), "process": os.getpid(), "parent": os.getppid()}
"""


class PackagesCase(unittest.TestCase):
    def setUp(self) -> None:
        self.engine = EngineService()
        self.addCleanup(self.engine.close)
        self.imports = ImportCounter(self)

    def load(self, folder: str, *sources: str, **settings: object) -> None:
        self.engine.load(*sources, environment={"path": folder}, **settings)

    def finals(self, batches: int, records: int = 1) -> list[dict]:
        return [self.engine.run([{}] * records).finals[0] for _ in range(batches)]
