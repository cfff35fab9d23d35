"""The process of the relay: its life beside scripts that would end it, and pipelines that have none."""

import contextlib
import json
import os
import signal
import socket
import time
import unittest

from relay_case import CALL, IDLE, RelayCase, read_all

from pipeline_engine.protocol.pipeline import InvalidPipeline, Pipeline

from engine_service import EngineGone, EngineService, pipeline_of, script
from outbound_service import Call
from process_table import descendants, is_alive


class Process(RelayCase):
    def test_a_relay_that_is_killed_is_replaced(self) -> None:
        self.service.on("/wait", Call.wait_for_end)
        self.load(CALL)
        cut = self.connect(b"GET /wait HTTP/1.1\r\n\r\n")
        self.service.wait_for_calls(1)

        for _ in range(3):
            os.kill(self.relay(), signal.SIGKILL)
            # Connections wait meanwhile; none is refused.
            self.assertIn(b"200 OK", read_all(self.connect()))

        with contextlib.suppress(ConnectionResetError):
            self.assertEqual(read_all(cut), b"")
        self.assertEqual(self.engine.run([{"path": "/now"}]).finals[0]["answer"], "{}")

    def test_a_relay_that_is_stopped_goes_on_after_the_batch(self) -> None:
        self.load(
            CALL.replace(
                "    request =",
                "    if 'stop' in record:\n        os.kill(record['stop'], 19)\n        return record\n    request =",
            )
        )
        self.engine.run([{"stop": self.relay()}])

        self.assertEqual(self.engine.run([{"path": "/now"}]).finals[0]["answer"], "{}")

    def test_a_relay_that_always_dies_keeps_the_engine_from_nothing(self) -> None:
        self.load(IDLE)
        stop = time.monotonic() + 1
        killed = set()
        while time.monotonic() < stop:
            with contextlib.suppress(ProcessLookupError, ValueError):
                relay = self.relay()
                if relay not in killed:
                    os.kill(relay, signal.SIGKILL)
                    killed.add(relay)
            time.sleep(0.001)

        self.assertLess(len(killed), 40)
        self.assertEqual(self.engine.run([{}]).statuses, ["SUCCEEDED"])

    def test_it_outlives_batches_and_ends_with_the_engine(self) -> None:
        self.load(CALL)
        relay = self.relay()
        for _ in range(3):
            self.engine.run([{"path": "/now"}])

        self.assertEqual(self.relay(), relay)
        self.engine.close()
        self.assertFalse(is_alive(relay))

    def test_a_script_has_neither_its_listener_nor_the_way_to_write_its_memory(self) -> None:
        self.load(
            script("""
                import os
                def transform(record):
                    found = []
                    for name in os.listdir("/proc/self/fd"):
                        try:
                            found.append(os.readlink(f"/proc/self/fd/{name}").partition(":")[0])
                            os.pwrite(int(name), b"spoilt", 0)
                            found[-1] += " written"
                        except OSError:
                            pass
                    return {"found": found}
            """)
        )

        found = self.engine.run([{}]).finals[0]["found"]

        self.assertNotIn("socket", found)
        self.assertEqual([name for name in found if "memfd" in name and "written" in name], [])

    def test_the_environment_is_there_before_scripts_are_imported(self) -> None:
        self.load("import os\nCALLS = os.environ['CALLS']\ndef transform(record):\n    return {'calls': CALLS}\n")

        self.assertEqual(self.engine.run([{}]).finals, [{"calls": self.outbound["environment"]["CALLS"]}])


class WithoutOutbound(unittest.TestCase):
    def test_there_is_no_relay(self) -> None:
        with EngineService() as engine:
            engine.load(IDLE)

            self.assertEqual(len(descendants(engine.process.pid)), 1)


class Frame(unittest.TestCase):
    def test_what_is_not_as_agreed_is_no_pipeline(self) -> None:
        environment = {"A": "b"}
        for outbound in (
            None,
            [],
            {},
            {"port": 1024},
            {"environment": environment},
            {"port": 0, "environment": environment},
            {"port": 65536, "environment": environment},
            {"port": True, "environment": environment},
            {"port": "1024", "environment": environment},
            {"port": 1024.5, "environment": environment},
            {"port": 1024, "environment": environment, "more": 1},
            {"port": 1024, "environment": None},
            {"port": 1024, "environment": [["A", "b"]]},
            {"port": 1024, "environment": {"": "b"}},
            {"port": 1024, "environment": {"A=B": "b"}},
            {"port": 1024, "environment": {"A": "b\0"}},
            {"port": 1024, "environment": {"A\0": "b"}},
            {"port": 1024, "environment": {"A": 1}},
            {"port": 1024, "environment": {"A": None}},
            {"port": 1024, "environment": {"A": "\ud800"}},
            {"port": 1024, "environment": {"A": "b" * 10_000}},
            {"port": 1024, "environment": {f"A{n}": "b" for n in range(101)}},
        ):
            with self.subTest(outbound=str(outbound)[:80]), self.assertRaises(InvalidPipeline):
                Pipeline.parse(json.dumps(pipeline_of(IDLE, outbound=outbound)).encode())

    def test_a_port_that_is_taken_ends_the_engine(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken, EngineService() as engine:
            port = taken.getsockname()[1]

            with self.assertRaises(EngineGone):
                engine.load(IDLE, outbound={"port": port, "environment": {}})
