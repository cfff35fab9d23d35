"""Connections of scripts out of the sandbox: what passes through the relay, how much of it at a time, and its end."""

import contextlib
import os
import resource
import socket
import struct
import threading
import time

from relay_case import CALL, CANCELLED_WITHIN, IDLE, MEBIBYTE, RelayCase, pattern, read_all

from engine_service import script
from outbound_service import CONTINUE, HTTP_FOLLOWS, WAITS, WENT_UP, Call, OutboundService, response
from process_table import peak_memory


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
