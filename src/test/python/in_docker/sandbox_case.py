"""What the tests of real sandboxes begin with."""

import unittest

from sandboxed_engine import SandboxedEngine

PLAY = """
import ctypes, errno, gc, mmap, multiprocessing, os, signal, socket, subprocess, sys, tempfile, threading, time

def transform(record):
    exec(record["do"], globals() | {"record": record})
    return record
"""


class SandboxCase(unittest.TestCase):
    """A sandbox whose script does what each record says."""

    def setUp(self) -> None:
        self.engine = SandboxedEngine()
        self.addCleanup(self.engine.close)

    def play(self, *actions: str, **settings):
        self.engine.load(PLAY, **({"recordTimeoutSeconds": 20} | settings))
        return self.engine.run([{"do": action} for action in actions])

    def errors(self, outcome) -> dict[int, str]:
        return {result.position: result.error["type"] for result in outcome.results if result.status == "FAILED"}

    def answers(self, *expressions: str) -> list:
        outcome = self.play(*[f"record['answer'] = {expression}" for expression in expressions])
        return [
            result.final["answer"] if result.status == "SUCCEEDED" else result.error["type"]
            for result in outcome.results
        ]
