"""Whose calls of scripts are: the record and the stage of each."""

from calls_case import URLLIB, CallsCase

from engine_service import script


class Attribution(CallsCase):
    def assert_all_are_attributed(self, count: int, base: int = 0, stage: int = 0) -> None:
        self.assertEqual(self.origins(), [(base + n, stage, n) for n in range(count)])

    def run_numbers(self, count: int, base: int = 0) -> None:
        outcome = self.engine.run([{"n": n} for n in range(count)], base=base)
        self.assertEqual(outcome.statuses, ["SUCCEEDED"] * count, outcome.results[0])

    def test_one_record_at_a_time(self) -> None:
        self.load(URLLIB)
        self.run_numbers(20, base=1000)

        self.assert_all_are_attributed(20, base=1000)

    def test_each_stage_has_its_ordinal(self) -> None:
        for concurrency in (1, 4):
            with self.subTest(concurrency=concurrency):
                self.setUp()
                self.load(URLLIB, "def transform(record):\n    return record\n", URLLIB, recordConcurrency=concurrency)
                self.run_numbers(3)
                self.assertEqual(self.origins(), [(n, stage, n) for n in range(3) for stage in (0, 2)])

    def test_records_in_threads(self) -> None:
        self.load(URLLIB, recordConcurrency=16)
        self.run_numbers(200)

        self.assert_all_are_attributed(200)

    def test_threads_that_a_record_starts(self) -> None:
        threaded = URLLIB.replace(
            "    ask(record)\n",
            "    worker = threading.Thread(target=ask, args=(record,))\n    worker.start()\n    worker.join()\n",
        )
        self.load("import threading\n" + threaded)
        self.run_numbers(10)

        self.assert_all_are_attributed(10)

    def test_coroutines_with_streams_and_threads(self) -> None:
        for wanted in ("streams", "to_thread"):
            with self.subTest(wanted):
                self.setUp()
                self.load(
                    URLLIB.replace("def transform", "def unused")
                    + script("""
                        import asyncio

                        async def streams(record):
                            reader, writer = await asyncio.open_connection("127.0.0.1", int(os.environ["PORT"]))
                            body = str(record["n"]).encode()
                            head = f"POST /ask HTTP/1.1\\r\\nContent-Length: {len(body)}\\r\\n\\r\\n"
                            writer.write(head.encode() + body)
                            await reader.read()
                            writer.close()

                        async def to_thread(record):
                            await asyncio.to_thread(ask, record)

                        async def transform(record):
                            await %s(record)
                            return record
                    """)
                    % wanted,
                    recordConcurrency=16,
                )
                self.run_numbers(100)
                self.assert_all_are_attributed(100)

    def test_forks_of_a_record(self) -> None:
        forked = URLLIB.replace(
            "    ask(record)\n",
            "    if not (child := os.fork()):\n        ask(record)\n        os._exit(0)\n    os.waitpid(child, 0)\n",
        )
        self.load(forked)
        self.run_numbers(3)

        self.assertEqual([record for record, _, _ in self.origins()], [0, 1, 2])

    def test_sockets_that_are_bound_or_made_by_name(self) -> None:
        self.load(
            script("""
                import os, socket
                def transform(record):
                    client = socket.socket()
                    if record["n"] % 2:
                        client.bind(("127.0.0.1", 0))
                    client.connect(("localhost" if record["n"] % 3 else "127.0.0.1", int(os.environ["PORT"])))
                    client.sendall(b"POST /ask HTTP/1.1\\r\\nContent-Length: 1\\r\\n\\r\\n%d" % record["n"])
                    client.recv(1000)
                    client.close()
                    return record
            """)
        )
        self.run_numbers(6)

        self.assert_all_are_attributed(6)

    def test_who_is_not_known_is_not_guessed(self) -> None:
        self.load(
            script("""
                import os, subprocess, sys, urllib.request
                FETCH = "import urllib.request as u; u.urlopen('" + os.environ["CALLS"] + "/program').read()"

                def setup():
                    urllib.request.urlopen(os.environ["CALLS"] + "/setup").read()

                def transform(record):
                    subprocess.run([sys.executable, "-c", FETCH], check=True)
                    return record
            """)
        )
        self.engine.run([{}])

        self.assertEqual(
            {call.path: (call.record, call.stage) for call in self.service.calls if call.path != "/now"},
            {"/setup": (-1, -1), "/program": (-1, -1)},
        )

    def test_other_connections_are_left_alone(self) -> None:
        self.load(
            script("""
                import socket
                def transform(record):
                    listener = socket.create_server(("127.0.0.1", 0))
                    client = socket.socket()
                    client.connect(listener.getsockname())
                    first, second = socket.socketpair()
                    try:
                        socket.socket(socket.AF_UNIX).connect("/nowhere")
                    except OSError as problem:
                        return {"problem": type(problem).__name__}
            """)
        )

        self.assertEqual(self.engine.run([{}]).finals, [{"problem": "FileNotFoundError"}])

    def test_a_hostile_socket_only_harms_its_record(self) -> None:
        self.load(
            script("""
                import os, socket
                class Odd(socket.socket):
                    def bind(self, address): raise SystemExit
                    def getsockname(self): raise SystemExit
                    @property
                    def family(self): raise ValueError
                def transform(record):
                    Odd().connect(("127.0.0.1", int(os.environ["PORT"])))
                    return record
            """)
        )

        self.assertEqual(self.engine.run([{}]).statuses, ["SUCCEEDED"])
