"""What the engine's own processes and the command line send each other, looked at without starting an engine."""

import json
import os
import signal
import socket
import struct
import subprocess
import unittest
from enum import Enum

from pipeline_engine.channels.batch_orders import InputReady, Job, Notice, OrderType, read_order
from pipeline_engine.channels.exit_codes import ExitCode
from pipeline_engine.channels.loader_messages import (
    FORK_REQUEST,
    UNKNOWN_STATUS,
    LoaderMessage,
    LoaderMessageType,
)
from pipeline_engine.channels.shared_memory import RESULTS_AREA_BYTES, SharedMemory, Slot
from pipeline_engine.loader.loading import ScriptRefused, load_pipeline
from pipeline_engine.local.service import LocalService, Refused
from pipeline_engine.protocol.frames import FrameType
from pipeline_engine.protocol.pipeline import Pipeline
from pipeline_engine.scripts.analysis import problems_of
from pipeline_engine.supervisor.leftovers import Leftovers

from process_table import is_alive


class Codes(unittest.TestCase):
    def test_no_letter_has_two_meanings(self) -> None:
        alphabets: list[type[Enum]] = [FrameType, LoaderMessageType, OrderType, Notice]
        letters = [member.value for alphabet in alphabets for member in alphabet] + [FORK_REQUEST]
        self.assertEqual(len(letters), len(set(letters)))
        self.assertEqual({len(letter) for letter in letters}, {1})

    def test_no_exit_code_has_two_names(self) -> None:
        self.assertEqual(len(ExitCode), len(ExitCode.__members__))


class Orders(unittest.TestCase):
    def test_orders_arrive_as_they_were_sent(self) -> None:
        read, write = os.pipe()
        self.addCleanup(os.close, read)
        for order in (Job(2**63, 0, 100, 8), InputReady(1, 17 << 20, 5, 2), Job(1, 2, 3, 4)):
            os.write(write, order.pack())
        os.close(write)

        self.assertEqual(read_order(read, OrderType.JOB.value), (2**63, 0, 100, 8))
        self.assertEqual(read_order(read, OrderType.INPUT_READY.value), (1, 17 << 20, 5, 2))
        self.assertIsNone(read_order(read, OrderType.INPUT_READY.value))
        self.assertIsNone(read_order(read, OrderType.JOB.value))


class LoaderMessages(unittest.TestCase):
    def test_numbers_arrive_as_they_were_sent(self) -> None:
        for number in (0, 1, 2**40, -1):
            sent = LoaderMessage.with_number(LoaderMessageType.PROCESS_ENDED, number)
            found = LoaderMessage.parse(sent.type + sent.body)
            assert found is not None
            self.assertEqual((found, found.number), (sent, number))

    def test_forged_packets_are_ignored_or_have_no_number(self) -> None:
        for packet in (b"", b"?", b"\0" * 100):
            self.assertIsNone(LoaderMessage.parse(packet))
        for body in (b"", b"1", b"\xff" * 9):
            found = LoaderMessage.parse(LoaderMessageType.PROCESS_FORKED + body)
            assert found is not None
            self.assertEqual(found.number, UNKNOWN_STATUS)


class Memory(unittest.TestCase):
    def test_slots_show_the_records_in_flight_with_the_oldest_first(self) -> None:
        memory = SharedMemory()
        memory.begin_record(0, position=7, started=200)
        memory.begin_record(2, position=5, started=100)
        memory.begin_stage(2, 3)
        self.assertEqual(memory.slots(8), [Slot(5, 100, 3), Slot(7, 200, 0)])
        self.assertEqual([memory.position_in(slot) for slot in range(3)], [7, None, 5])

        memory.end_record(0)
        self.assertEqual(memory.slots(8), [Slot(5, 100, 3)])
        memory.clear_progress(8)
        self.assertEqual(memory.slots(8), [])

    def test_reports_are_read_only_within_their_limit_and_the_area(self) -> None:
        memory = SharedMemory()
        memory.leave_report(b"a report")
        self.assertEqual((memory.left_report(100), memory.left_report(3)), (b"a report", b"a r"))
        memory.publish(2**64 - 1)
        self.assertEqual((memory.published(), len(memory.left_report(100))), (RESULTS_AREA_BYTES, 100))


class Contract(unittest.TestCase):
    def test_the_check_and_the_loader_say_the_same_of_a_script(self) -> None:
        for source in (
            "x = 1\n",
            "class transform: pass\n",
            "transform = 1\n",
            "def transform(): return {}\n",
            "def transform(record): yield record\n",
            "def transform(record): return record\ndef setup(x): pass\n",
            "def transform(record): return record\nasync def setup(): yield\n",
        ):
            stage = {"stage": "main", "script": "main.py", "source": source}
            pipeline = Pipeline.parse(json.dumps({"steps": [{"name": "s", "stages": [stage]}]}).encode())
            with self.subTest(source), self.assertRaises(ScriptRefused) as raised:
                load_pipeline(pipeline, lambda _: None)
            problems = problems_of(source.encode())
            self.assertEqual([problem.code for problem in problems], ["SCRIPT_CONTRACT"])
            self.assertTrue(raised.exception.error.message.startswith(problems[0].message), raised.exception.error)


class HelperProcesses(unittest.TestCase):
    def test_only_spared_children_survive_when_leftovers_are_cleared(self) -> None:
        helper, leftover = (subprocess.Popen(["sleep", "60"]) for _ in range(2))
        try:
            Leftovers(spared={helper.pid}).clear(None)

            self.assertTrue(is_alive(helper.pid))
            self.assertFalse(is_alive(leftover.pid))
        finally:
            for process in (helper, leftover):
                process.send_signal(signal.SIGKILL)
                process.wait()


class CommandLine(unittest.TestCase):
    def test_a_frame_that_is_not_expected_ends_the_batch_instead_of_being_ignored(self) -> None:
        ours, engine = socket.socketpair()
        self.addCleanup(ours.close)
        self.addCleanup(engine.close)
        for kind in (FrameType.HELLO, FrameType.LOADED):
            engine.sendall(struct.pack(">Ic", 0, kind))

        service = LocalService(ours)
        with self.assertRaisesRegex(Refused, "LOADED"):
            list(service.run(0, ["{}"]))


if __name__ == "__main__":
    unittest.main()
