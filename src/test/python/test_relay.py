"""Connections of scripts out of the sandbox: what passes through the relay, how much of it at a time, and its end."""

import contextlib
import hashlib
import json
import os
import resource
import signal
import socket
import struct
import threading
import time
import unittest

from pipeline_engine.protocol.pipeline import InvalidPipeline, Pipeline

from engine_service import EngineGone, EngineService, pipeline_of, script
from outbound_service import CONTINUE, HTTP_FOLLOWS, WAITS, WENT_UP, Call, OutboundService, free_port, response
from process_table import descendants, is_alive, peak_memory

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
        """Process id of the relay: the only child of the engine that is older than the loader."""
        return min(descendants(self.engine.process.pid))


def read_all(client: socket.socket) -> bytes:
    data = bytearray()
    while piece := client.recv(MEBIBYTE):
        data += piece
    return bytes(data)


def pattern(size: int) -> bytes:
    """Bytes in which no two places look alike."""
    return b"".join(hashlib.sha256(struct.pack(">Q", at)).digest() for at in range(size // 32 + 1))[:size]


class Bytes(RelayCase):
    def test_a_call_of_a_script_reaches_the_service(self) -> None:
        self.load(CALL)

        outcome = self.engine.run([{"path": "/chat", "body": "hello"}])

        self.assertEqual(outcome.finals[0]["answer"], "{}")
        call = self.service.calls[0]
        self.assertEqual((call.path, call.body), ("/chat", b"hello"))

    def test_large_bodies_pass_both_ways_unchanged(self) -> None:
        sent, returned = pattern(20 * MEBIBYTE + 17), pattern(30 * MEBIBYTE + 3)

        def answer(call: Call) -> None:
            call.read_body()
            call.answer(returned)

        self.service.on("/large", answer)
        self.load(IDLE)
        client = self.connect(b"POST /large HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % len(sent))
        client.sendall(sent)

        received = read_all(client)

        self.assertEqual(self.service.calls[0].body, sent)
        self.assertEqual(received, response(returned))

    def test_nothing_is_read_that_the_other_side_does_not_take(self) -> None:
        blocked, done = threading.Event(), threading.Event()
        self.addCleanup(done.set)

        def pour(call: Call) -> None:
            call.channel.settimeout(0.3)
            call.tell(HTTP_FOLLOWS)
            with contextlib.suppress(TimeoutError):
                while True:
                    call.channel.sendall(b"x" * 65_536)
            blocked.set()
            done.wait(30)

        self.service.on("/pour", pour)
        self.service.on("/ignore", lambda call: done.wait(30))
        self.load(IDLE)
        self.connect(b"GET /pour HTTP/1.1\r\n\r\n")
        busy = self.connect(b"POST /ignore HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n")
        busy.settimeout(0.3)
        with contextlib.suppress(TimeoutError):
            while True:
                busy.sendall(b"y" * 65_536)

        # Both sides are stuck, and a call beside them is not.
        self.assertIn(b"200 OK", read_all(self.connect()))
        self.assertTrue(blocked.wait(30))
        self.assertLess(peak_memory(self.relay()), peak_memory(self.engine.process.pid) + 4 * MEBIBYTE)

    def test_an_answer_that_is_cut_ends_without_its_end(self) -> None:
        def cut(call: Call) -> None:
            call.tell(HTTP_FOLLOWS + b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhe")

        self.service.on("/cut", cut)
        self.load(IDLE)

        received = read_all(self.connect(b"GET /cut HTTP/1.1\r\n\r\n"))

        self.assertTrue(received.endswith(b"5\r\nhe"))

    def test_pieces_of_a_stream_are_passed_on_at_once(self) -> None:
        taken = threading.Event()

        def stream(call: Call) -> None:
            call.tell(HTTP_FOLLOWS + b"first")
            taken.wait(30)
            call.tell(b"second")

        self.service.on("/stream", stream)
        self.load(IDLE)
        client = self.connect(b"GET /stream HTTP/1.1\r\n\r\n")

        self.assertEqual(client.recv(100), b"first")
        taken.set()
        self.assertEqual(read_all(client), b"second")

    def test_signals_are_not_passed_on(self) -> None:
        def signal_all(call: Call) -> None:
            for piece in (WAITS, WENT_UP, WAITS + WENT_UP + CONTINUE + WAITS, WENT_UP + HTTP_FOLLOWS + b"\1\2", b"\3"):
                call.tell(piece)

        self.service.on("/signals", signal_all)
        self.load(IDLE)

        received = read_all(self.connect(b"GET /signals HTTP/1.1\r\n\r\n"))

        self.assertEqual(received, b"HTTP/1.1 100 Continue\r\n\r\n\1\2\3")

    def test_an_unknown_signal_ends_the_call(self) -> None:
        self.service.on("/wrong", lambda call: (call.tell(b"\7" + HTTP_FOLLOWS + b"x"), call.wait_for_end()))
        self.load(IDLE)

        self.assertEqual(read_all(self.connect(b"GET /wrong HTTP/1.1\r\n\r\n")), b"")

    def test_an_early_answer_to_a_body_that_is_not_read_arrives(self) -> None:
        def refuse(call: Call) -> None:
            call.answer(b"too large", "413 Content Too Large")
            call.channel.shutdown(socket.SHUT_RD)

        self.service.on("/refuse", refuse)
        self.load(IDLE)
        client = self.connect(b"POST /refuse HTTP/1.1\r\nContent-Length: 1000\r\n\r\n")

        self.assertIn(b"413", read_all(client))


class Ends(RelayCase):
    def test_a_client_that_goes_ends_its_call_at_once(self) -> None:
        def wait(call: Call) -> None:
            call.read_body()
            call.wait_for_end()

        def stream(call: Call) -> None:
            call.tell(HTTP_FOLLOWS + b"HTTP/1.1 200 OK\r\n\r\nbegun")
            call.wait_for_end()

        def half_close(client: socket.socket) -> None:
            client.shutdown(socket.SHUT_WR)

        def reset(client: socket.socket) -> None:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            client.close()

        self.service.on("/wait", wait)
        self.service.on("/stream", stream)
        self.load(IDLE)
        for path in ("/wait", "/stream"):
            for leave in (socket.socket.close, half_close, reset):
                with self.subTest(path=path, leave=leave.__name__):
                    before = len(self.service.calls)
                    client = self.connect(f"GET {path} HTTP/1.1\r\n\r\n".encode())
                    call = self.service.wait_for_calls(before + 1)[-1]
                    began = time.monotonic()
                    leave(client)
                    self.service.wait_until(lambda call=call: call.ended_at is not None)
                    self.assertLess((call.ended_at or 0) - began, CANCELLED_WITHIN)

    def test_a_client_that_goes_in_the_middle_of_its_body_ends_its_call(self) -> None:
        self.service.on("/wait", Call.wait_for_end)
        self.load(IDLE)
        client = self.connect(b"POST /wait HTTP/1.1\r\nContent-Length: 1000\r\n\r\nhalf")
        call = self.service.wait_for_calls(1)[0]

        client.close()

        self.service.wait_until(lambda: call.ended_at is not None)

    def test_a_service_that_goes_ends_the_connection_of_the_client(self) -> None:
        self.service.on("/leave", lambda call: None)
        self.load(IDLE)
        client = self.connect(b"GET /leave HTTP/1.1\r\n\r\n")
        self.service.wait_for_calls(1)
        began = time.monotonic()

        self.assertEqual(read_all(client), b"")
        self.assertLess(time.monotonic() - began, CANCELLED_WITHIN)

    def test_calls_of_a_killed_record_end(self) -> None:
        self.service.on("/wait", Call.wait_for_end)
        self.load(CALL, recordTimeoutSeconds=0.3)

        outcome = self.engine.run([{"path": "/wait"}, {"path": "/now"}])

        self.assertEqual(outcome.statuses, ["FAILED", "SUCCEEDED"])
        self.assertEqual(outcome.results[0].error["type"], "TIMEOUT")
        self.service.wait_until(lambda: self.service.calls[0].ended_at is not None)

    def test_calls_left_open_end_with_their_batch(self) -> None:
        self.service.on("/wait", Call.wait_for_end)
        self.load(
            script("""
                import os, socket
                def transform(record):
                    if not os.fork():
                        client = socket.create_connection(("127.0.0.1", record["port"]))
                        client.sendall(b"GET /wait HTTP/1.1\\r\\n\\r\\n")
                        client.recv(1)
                        os._exit(0)
                    return record
            """)
        )
        self.engine.run([{"port": self.port}])

        self.service.wait_until(lambda: self.service.open == 0)

    def test_a_client_without_a_service_is_told_by_the_end_of_its_connection(self) -> None:
        self.service.close()
        self.load(IDLE)

        with contextlib.suppress(ConnectionResetError):
            self.assertEqual(read_all(self.connect()), b"")


class Numbers(RelayCase):
    def test_no_more_calls_are_with_the_service_than_it_accepts_and_the_rest_waits(self) -> None:
        go = threading.Event()
        self.addCleanup(go.set)

        def wait(call: Call) -> None:
            go.wait(30)
            call.answer()

        self.service.on("/wait", wait)
        self.load(IDLE)
        clients = [self.connect(b"GET /wait HTTP/1.1\r\n\r\n") for _ in range(200)]
        self.service.wait_for_calls(64)
        go.set()

        for client in clients:
            self.assertIn(b"200 OK", read_all(client))
        self.assertEqual((len(self.service.calls), self.service.most_open), (200, 64))

    def test_clients_that_leave_while_they_wait_take_no_place(self) -> None:
        go = threading.Event()
        self.addCleanup(go.set)
        self.service.on("/wait", lambda call: (go.wait(30), call.answer()))
        self.load(IDLE)
        clients = [self.connect(b"GET /wait HTTP/1.1\r\n\r\n") for _ in range(64)]
        self.service.wait_for_calls(64)
        waiting = [self.connect(b"GET /wait HTTP/1.1\r\n\r\n") for _ in range(100)]
        for client in waiting:
            client.close()
        last = self.connect(b"GET /last HTTP/1.1\r\n\r\n")
        go.set()

        for client in [*clients, last]:
            self.assertIn(b"200 OK", read_all(client))
        self.service.wait_until(lambda: self.service.open == 0)

    def test_idle_connections_take_no_place_of_calls(self) -> None:
        self.load(IDLE)
        for _ in range(300):
            self.connect(b"")

        self.assertIn(b"200 OK", read_all(self.connect()))

    def test_few_descriptors_are_enough(self) -> None:
        self.service.on("/wait", lambda call: (time.sleep(0.05), call.answer()))
        resource.prlimit(self.engine.process.pid, resource.RLIMIT_NOFILE, (200, 200))
        self.load(IDLE)
        clients = [self.connect(b"GET /wait HTTP/1.1\r\n\r\n") for _ in range(300)]

        for client in clients:
            self.assertIn(b"200 OK", read_all(client))

    def test_a_service_whose_backlog_is_full_is_asked_again(self) -> None:
        self.service.close()
        os.unlink(self.engine.folder / "outbound.sock")
        self.service = OutboundService(self.engine.folder, backlog=1)
        self.load(IDLE)
        clients = [self.connect() for _ in range(60)]

        for client in clients:
            self.assertIn(b"200 OK", read_all(client))


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


if __name__ == "__main__":
    unittest.main()
