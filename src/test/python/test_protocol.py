"""The wire: order, bounds, flow, and the end of the engine when the service is gone."""

import itertools
import json
import os
import struct
import time
import unittest

import pipeline_engine

from engine_service import PATIENCE, EngineGone, EngineService, pipeline_of, script
from process_table import descendants, is_alive, open_files, peak_memory

KEEP = "def transform(record):\n    return record\n"
MEBIBYTE = 1 << 20


class Order(unittest.TestCase):
    def setUp(self) -> None:
        self.engine = EngineService()
        self.addCleanup(self.engine.close)

    def test_hello_names_protocol_engine_python_and_json(self) -> None:
        self.assertEqual(self.engine.hello["protocol"], 2)
        self.assertEqual(self.engine.hello["engine"], pipeline_engine.ENGINE_VERSION)
        self.assertRegex(self.engine.hello["python"], r"^3\.\d+\.\d+")
        self.assertRegex(self.engine.hello["json"], r"^(rapidjson|json) \d")

    def test_hello_tells_what_holds_the_engine_in(self) -> None:
        confinement = self.engine.hello["confinement"]

        self.assertEqual(confinement["user"], os.getuid())
        self.assertRegex(confinement["capabilities"], "^[0-9a-f]{16}$")
        self.assertEqual(
            set(confinement) - {"user", "capabilities"},
            {"noNewPrivileges", "filtersSystemCalls", "routes", "writableRoot", "memoryBytes", "processes"},
        )

    def test_frames_out_of_turn_end_the_engine(self) -> None:
        batch = struct.pack(">QI", 0, 2)
        pipeline = json.dumps(pipeline_of(KEEP)).encode()
        cases = {
            "unknown type": [(b"Q", b"")],
            "type of the engine": [(b"R", b"")],
            "batch before a pipeline": [(b"B", batch)],
            "input before a batch": [(b"P", pipeline), (b"I", b"{}\n")],
            "second pipeline": [(b"P", pipeline), (b"P", pipeline)],
            "check after the pipeline": [(b"P", pipeline), (b"C", b"x")],
            "pipeline that is no JSON": [(b"P", b"{")],
            "pipeline without steps": [(b"P", b'{"steps": []}')],
            "pipeline with a wrong number": [(b"P", json.dumps(pipeline_of(KEEP, recordTimeoutSeconds="1")).encode())],
            "pipeline with 151 stages": [(b"P", json.dumps(pipeline_of(*[KEEP] * 151)).encode())],
        }
        for name, given in cases.items():
            with self.subTest(name), EngineService() as engine:
                for kind, payload in given:
                    engine.send(kind, payload)
                self.assert_ends(engine)

    def test_batches_and_inputs_that_do_not_fit_end_the_engine(self) -> None:
        batch = struct.pack(">QI", 0, 2)
        cases = {
            "a short batch": [(b"B", batch[:-1])],
            "an empty batch": [(b"B", struct.pack(">QI", 0, 0))],
            "a batch within a batch": [(b"B", batch), (b"B", batch)],
            "an empty input": [(b"B", batch), (b"I", b"")],
            "an input without its last line feed": [(b"B", batch), (b"I", b"{}")],
            "more records than the batch has": [(b"B", batch), (b"I", b"{}\n{}\n{}\n")],
            "an input that was not asked for": [(b"B", batch), (b"I", b"{}\n{}\n"), (b"I", b"{}\n")],
        }
        for name, given in cases.items():
            with self.subTest(name), EngineService() as engine:
                engine.load(KEEP.replace("return", "import time; time.sleep(1); return"))
                for kind, payload in given:
                    engine.send(kind, payload)
                self.assert_ends(engine)

    def test_lengths_are_checked_before_anything_is_allocated(self) -> None:
        for kind, length in (
            (b"P", 17 * MEBIBYTE + 1),
            (b"C", 2**32 - 1),
            (b"I", 17 * MEBIBYTE + 1),
            (b"B", 2**31),
        ):
            with self.subTest(kind=kind), EngineService() as engine:
                engine.channel.sendall(struct.pack(">Ic", length, kind))
                self.assert_ends(engine)

    def assert_ends(self, engine: EngineService) -> None:
        try:
            while True:
                engine.receive()
        except (EngineGone, ConnectionResetError):
            pass
        engine.process.wait(PATIENCE)

    def test_frames_may_arrive_in_any_pieces(self) -> None:
        frames = [
            (b"P", json.dumps(pipeline_of(KEEP)).encode()),
            (b"B", struct.pack(">QI", 5, 2)),
            (b"I", b'{"n":1}\n{"n":2}\n'),
        ]
        self.engine.pipeline = pipeline_of(KEEP)
        for byte in b"".join(struct.pack(">Ic", len(payload), kind) + payload for kind, payload in frames[:1]):
            self.engine.channel.sendall(bytes([byte]))
        self.engine.expect(b"L")
        self.engine.lines = frames[2][1].splitlines()
        for byte in b"".join(struct.pack(">Ic", len(payload), kind) + payload for kind, payload in frames[1:]):
            self.engine.channel.sendall(bytes([byte]))

        self.assertEqual(self.engine.finish(iter(()), 2).finals, [{"n": 1}, {"n": 2}])

    def test_frames_may_arrive_all_at_once(self) -> None:
        self.engine.load(KEEP)
        payloads = [(b"B", struct.pack(">QI", 0, 2)), (b"I", b'{"n":1}\n{"n":2}\n')]
        self.engine.channel.sendall(
            b"".join(struct.pack(">Ic", len(payload), kind) + payload for kind, payload in payloads)
        )

        self.engine.lines = [b'{"n":1}', b'{"n":2}']
        self.assertEqual(self.engine.finish(iter(()), 2).finals, [{"n": 1}, {"n": 2}])


class Flow(unittest.TestCase):
    def setUp(self) -> None:
        self.engine = EngineService()
        self.addCleanup(self.engine.close)

    def test_a_batch_of_many_inputs(self) -> None:
        self.engine.load(KEEP)
        given = [{"n": n, "pad": "x" * (n % 300)} for n in range(20_000)]

        self.assertEqual(self.engine.run(given, input_bytes=100_000).finals, given)

    def test_every_record_may_come_in_an_input_of_its_own(self) -> None:
        given = [{"n": n} for n in range(100)]
        for settings in ({}, {"recordConcurrency": 3}):
            with self.subTest(settings), EngineService() as engine:
                engine.load(KEEP, **settings)
                outcome = engine.run(given, input_bytes=1)
                self.assertEqual(outcome.finals, given)
                gaps = sorted(later - earlier for earlier, later in itertools.pairwise(outcome.arrivals))
                self.assertLess(
                    gaps[len(gaps) // 4], 0.04, "input must not have to wait for the next look at the results"
                )

    def test_one_input_is_wanted_at_a_time_and_none_beyond_the_batch(self) -> None:
        self.engine.load(KEEP)
        lines = [b'{"n":%d}' % n for n in range(6)]
        inputs = self.engine.begin(lines, 0, 8)
        kinds = [self.engine.receive()[0] for _ in range(2)]
        time.sleep(0.3)
        self.engine.channel.setblocking(False)
        with self.assertRaises(BlockingIOError):
            self.engine.channel.recv(1)
        self.engine.channel.settimeout(PATIENCE)
        self.assertEqual(sorted(kinds), [b"R", b"W"])
        wanted = 1
        self.engine.send(b"I", next(inputs))
        while (kind := self.engine.receive()[0]) != b"D":
            if kind == b"W":
                wanted += 1
                self.engine.send(b"I", next(inputs))

        self.assertEqual(wanted, 5)

    def test_input_is_asked_for_before_the_records_at_hand_are_done(self) -> None:
        self.engine.load(
            script("""
            import time
            def transform(record):
                time.sleep(0.5)
                return record
        """)
        )
        began = time.monotonic()
        inputs = self.engine.begin([b'{"n":1}', b'{"n":2}'], 0, 8)

        self.engine.expect(b"W")
        self.assertLess(time.monotonic() - began, 0.4)

        self.engine.send(b"I", next(inputs))
        self.engine.finish(inputs, 2)

    def test_results_do_not_wait_for_a_slow_record_after_them(self) -> None:
        self.engine.load(
            script("""
            import time
            def transform(record):
                time.sleep(record['sleep'])
                return record
        """)
        )

        outcome = self.engine.run([{"sleep": 0}, {"sleep": 0}, {"sleep": 1.5}])

        self.assertLess(outcome.arrivals[1], 0.5)
        self.assertGreater(outcome.arrivals[2], 1.4)

    def test_a_service_that_stops_reading_holds_the_engine_up_but_does_not_fill_it(self) -> None:
        self.engine.load(
            script("""
                def transform(record):
                    record['pad'] *= 1000
                    return record
            """),
            recordTimeoutSeconds=0.5,
        )
        lines = [json.dumps({"n": n, "pad": "x" * 100}).encode() for n in range(900)]
        inputs = self.engine.begin(lines)
        time.sleep(2)

        memory = peak_memory(self.engine.process.pid)
        outcome = self.engine.finish(inputs, len(lines))

        self.assertEqual([value["n"] for value in outcome.finals], list(range(900)))
        self.assertLess(memory, 80 * MEBIBYTE)

    def test_records_and_values_of_the_largest_size_pass(self) -> None:
        self.engine.load(KEEP)
        size = 16 * MEBIBYTE
        large = b'{"a":"' + b"x" * (size - 8) + b'"}'

        outcome = self.engine.run([{"n": 1}, large, {"n": 3}, large])

        self.assertEqual(outcome.results[1].raw_values[0], large)
        self.assertEqual(outcome.finals[0::2], [{"n": 1}, {"n": 3}])

    def test_a_value_beyond_the_limit_fails_its_record(self) -> None:
        self.engine.load(KEEP, "def transform(record):\n    return {'a': 'x' * record['size']}\n", maxResultBytes=1000)

        outcome = self.engine.run([{"size": 992}, {"size": 993}, {"size": 100_000_000}, {"size": 1}])

        self.assertEqual(outcome.statuses, ["SUCCEEDED", "FAILED", "FAILED", "SUCCEEDED"])
        self.assertEqual([outcome.results[at].error["type"] for at in (1, 2)], ["RESULT_TOO_LARGE"] * 2)
        self.assertIn("1,001 bytes; the limit is 1,000", outcome.results[1].error["message"])
        self.assertEqual(outcome.results[2].values, [{"size": 100_000_000}])

    def test_values_that_are_too_large_together_fail_their_record(self) -> None:
        self.engine.load(*["def transform(record):\n    return {'a': 'x' * (15 << 20)}\n"] * 5)

        outcome = self.engine.run([{}, {}])

        self.assertEqual([result.error["type"] for result in outcome.results], ["RESULT_TOO_LARGE"] * 2)
        self.assertEqual([len(result.raw_values) for result in outcome.results], [4, 4])

    def test_indexes_beyond_32_bits_reach_the_log(self) -> None:
        self.engine.load("def transform(record):\n    print('x')\n    return record\n")

        self.assertEqual(self.engine.run([{}], base=2**63).log, f"#{2**63} x\n")

    def test_hundreds_of_batches_leave_nothing_behind(self) -> None:
        self.engine.load(KEEP)
        self.engine.run([{}] * 3)
        before = open_files(self.engine.process.pid)

        for _ in range(200):
            self.engine.run([{}] * 3)

        # The three pipes of the process that waits for the next batch come and go, for a moment with both their ends.
        deadline = time.monotonic() + PATIENCE
        while open_files(self.engine.process.pid) > before + 3 and time.monotonic() < deadline:
            time.sleep(0.01)
        self.assertLessEqual(open_files(self.engine.process.pid), before + 3)


class End(unittest.TestCase):
    def test_the_engine_and_all_it_started_end_with_the_socket(self) -> None:
        busy = script("""
            import subprocess
            sleeper = subprocess.Popen(['/bin/sleep', '77'])
            def transform(record):
                while True: pass
        """)
        endings = {
            "at rest": lambda engine: None,
            "loading": lambda engine: engine.send(b"P", json.dumps(pipeline_of("while True: pass\n")).encode()),
            "loaded": lambda engine: engine.load(KEEP),
            "busy": lambda engine: (engine.load(busy), engine.begin([b"{}"]), time.sleep(0.3)),
        }
        for name, prepare in endings.items():
            with self.subTest(name):
                engine = EngineService()
                prepare(engine)
                family = descendants(engine.process.pid)
                engine.close()
                self.assertEqual([process for process in family if is_alive(process)], [])


if __name__ == "__main__":
    unittest.main()
