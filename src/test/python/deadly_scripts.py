"""Records whose script dies in the way that each of them chooses."""

import unittest

from engine_service import EngineService

# Each way to die is chosen by the record, so that the records around it prove to be unharmed.
DEATHS = """
import ctypes, os, signal, sys, threading, time, resource

def transform(record):
    how = record.get("how")
    if how:
        exec(how, globals())
    return record
"""


def records(count: int, **dying: str) -> list[dict]:
    """`count` records, of which those named like `at_7` die in the given way."""
    return [{"n": n} | ({"how": dying[f"at_{n}"]} if f"at_{n}" in dying else {}) for n in range(count)]


class DeathTest(unittest.TestCase):
    def setUp(self) -> None:
        self.engine = EngineService()
        self.addCleanup(self.engine.close)

    def run_deaths(self, given: list[dict], **settings):
        self.engine.load(DEATHS, **settings)
        return self.engine.run(given)

    def assert_only_these_fail(self, outcome, failed: dict[int, str]) -> None:
        found = {result.position: result.error["type"] for result in outcome.results if result.status == "FAILED"}
        self.assertEqual(found, failed)
