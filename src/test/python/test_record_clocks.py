"""The clock of a record, which stops while its calls wait, and the tables that hold it."""

import threading
import time
import unittest

from calls_case import URLLIB, CallsCase

from pipeline_engine.channels.call_origins import UNKNOWN, CallOrigin, CallOrigins
from pipeline_engine.channels.waiting_times import PLACES, WaitingTimes
from pipeline_engine.relay.record_clocks import RecordClocks

from engine_service import script
from outbound_service import HTTP_FOLLOWS, WAITS, WENT_UP, Call, response


class Clock(CallsCase):
    """The limit is a second unless a test says otherwise."""

    def statuses(self, source: str, records: list, **settings) -> list[str]:
        self.load(source, **({"recordTimeoutSeconds": 1} | settings))
        outcome = self.engine.run(records)
        return [result.error["type"] if result.status == "FAILED" else result.status for result in outcome.results]

    def setUp(self) -> None:
        super().setUp()
        self.service.on("/waits", self._answer_after(WAITS))
        self.service.on("/slow", self._answer_after(WENT_UP))
        self.service.on("/silent", self._answer_after(b""))
        self.service.on("/streams", self._answer_after(HTTP_FOLLOWS))
        self.service.on("/waits-then-slow", self._answer_after(WAITS, WENT_UP))

    def _answer_after(self, *signals: bytes, seconds: float = 1.6):
        def behave(call: Call) -> None:
            call.read_body()
            for signal in signals:
                call.tell(signal)
                time.sleep(seconds)
            if HTTP_FOLLOWS in signals:
                call.channel.sendall(response(b"{}"))
            else:
                call.tell(WENT_UP)
                call.answer()

        return behave

    def test_waiting_takes_no_time_and_everything_else_does(self) -> None:
        expected = {
            "/waits": "SUCCEEDED",
            "/slow": "TIMEOUT",
            "/silent": "TIMEOUT",
            "/streams": "TIMEOUT",
            "/waits-then-slow": "TIMEOUT",
        }

        self.assertEqual(self.statuses(URLLIB, [{"n": 0, "path": path} for path in expected]), [*expected.values()])

    def test_records_side_by_side_have_a_clock_each(self) -> None:
        records = [{"n": 0, "path": path} for path in ("/waits", "/now", "/waits", "/slow")]

        found = self.statuses(URLLIB, records, recordConcurrency=4)

        self.assertEqual(found, ["SUCCEEDED", "SUCCEEDED", "SUCCEEDED", "TIMEOUT"])

    def test_coroutines_wait_without_taking_time_too(self) -> None:
        source = URLLIB.replace("def transform", "async def transform").replace(
            "    ask(record)", "    import asyncio\n    await asyncio.to_thread(ask, record)"
        )
        for concurrency in (1, 4):
            with self.subTest(concurrency=concurrency):
                self.setUp()
                records = [{"n": 0, "path": "/waits"}, {"n": 1, "path": "/slow"}, {"n": 2, "path": "/waits"}]
                found = self.statuses(source, records, recordConcurrency=concurrency)
                self.assertEqual(found, ["SUCCEEDED", "TIMEOUT", "SUCCEEDED"])

    def test_waits_of_several_calls_add_up_and_end_with_their_record(self) -> None:
        self.service.on("/waits", self._answer_after(WAITS, seconds=0.7))
        twice = URLLIB.replace(
            "    ask(record)\n", "    ask(record)\n    ask(record)\n    time.sleep(record['sleep'])\n"
        )
        records = [{"n": 0, "path": "/waits", "sleep": 0.5}, {"n": 1, "path": "/now", "sleep": 1.4}]

        self.assertEqual(self.statuses("import time\n" + twice, records), ["SUCCEEDED", "TIMEOUT"])

    def test_a_call_that_runs_keeps_the_clock_of_its_record_running(self) -> None:
        both = URLLIB.replace(
            "    ask(record)\n",
            "    threads = [threading.Thread(target=ask, args=({'n': 0, 'path': path},)) for path in record['paths']]\n"
            "    [thread.start() for thread in threads]\n"
            "    [thread.join() for thread in threads]\n",
        )
        records = [{"paths": ["/waits", "/waits"]}, {"paths": ["/waits", "/slow"]}]

        self.assertEqual(self.statuses("import threading\n" + both, records), ["SUCCEEDED", "TIMEOUT"])

    def test_a_record_that_runs_again_does_not_keep_the_time_it_has_waited(self) -> None:
        self.service.on("/waits", self._answer_after(WAITS, seconds=2))
        # The first process dies while the record waits; in the next one the record only sleeps.
        source = script("""
            import os, threading, time, urllib.request
            def transform(record):
                if record["n"] == 1 and not os.path.exists(record["marker"]):
                    open(record["marker"], "w").close()
                    time.sleep(0.5)
                    os._exit(1)
                if record["n"] == 0 and not os.path.exists(record["marker"]):
                    urllib.request.urlopen(os.environ["CALLS"] + "/waits", b"0").read()
                time.sleep(1.4)
                return record
        """)
        marker = str(self.engine.folder / "marker")
        records = [{"n": 0, "marker": marker}, {"n": 1, "marker": marker}]

        self.assertEqual(self.statuses(source, records, recordConcurrency=2), ["TIMEOUT", "TIMEOUT"])

    def test_calls_that_wait_for_a_place_stop_the_clock(self) -> None:
        go = threading.Event()
        self.addCleanup(go.set)
        self.service.on("/held", lambda call: (call.tell(WAITS), go.wait(30), call.answer()))
        threading.Timer(1.8, go.set).start()
        records = [{"n": n, "path": "/held"} for n in range(100)]

        self.assertEqual(self.statuses(URLLIB, records, recordConcurrency=100), ["SUCCEEDED"] * 100)

    def test_a_client_that_leaves_its_wait_lets_the_clock_run(self) -> None:
        source = script("""
            import os, socket, time
            def transform(record):
                client = socket.create_connection(("127.0.0.1", int(os.environ["PORT"])))
                client.sendall(b"POST /waits HTTP/1.1\\r\\n\\r\\n")
                time.sleep(0.2)
                client.close()
                time.sleep(3)
        """)
        began = time.monotonic()

        self.assertEqual(self.statuses(source, [{}]), ["TIMEOUT"])
        self.assertLess(time.monotonic() - began, 2.8)


class Tables(unittest.TestCase):
    def test_an_origin_is_taken_once(self) -> None:
        origins = CallOrigins()
        origins.note(65_535, CallOrigin(2**62, 149, 7))

        self.assertEqual([origins.take(65_535), origins.take(65_535)], [CallOrigin(2**62, 149, 7), UNKNOWN])

    def test_origins_of_processes_that_have_ended_are_forgotten(self) -> None:
        origins = CallOrigins()
        origins.note(40_000, CallOrigin(1, 0, 0))
        origins.forget_all()

        self.assertEqual(origins.take(40_000), UNKNOWN)

    def test_nonsense_in_shared_memory_is_an_unknown_origin(self) -> None:
        origins = CallOrigins()
        for record in (-5, -(2**63)):
            origins._words[0] = record
            self.assertEqual(origins.take(0), UNKNOWN)
        origins._words[0:3] = memoryview(bytes(8 * [1]) + bytes(8 * [255]) + bytes(8)).cast("q")[0:3]
        origins._words[1] = 99_999

        self.assertEqual(origins.take(0).stage, -1)

    def test_times_belong_to_one_record_in_one_process(self) -> None:
        times = WaitingTimes()
        times.begin(5, since=100)
        times.stop(5, now=200)
        self.assertEqual(times.waited(5, 100, 260, 1000), (60, True))
        times.go_on(5, now=300)

        self.assertEqual(times.waited(5, 100, 400, 1000), (100, False))
        self.assertEqual(times.waited(5, 101, 400, 1000), (0, False))
        self.assertEqual(times.waited(5 + PLACES, 100, 400, 1000), (0, False))
        self.assertEqual(times.waited(5, 100, 400, 30), (30, False))

    def test_waiting_counts_only_to_a_limit(self) -> None:
        times = WaitingTimes()
        times.begin(5, since=0)
        times.stop(5, now=100)

        self.assertEqual(times.waited(5, 0, 10_000, 500), (500, False))

    def test_who_has_given_up_writing_reads_what_others_write(self) -> None:
        times = WaitingTimes()
        times.begin(1, since=0)
        times.stop(1, now=1)
        times.give_up_writing()

        self.assertEqual(times.waited(1, 0, 11, 1000), (10, True))
        with self.assertRaises(ValueError):
            times.stop(1, 5)
        with self.assertRaises(TypeError):
            times._readable[0] = 1

    def test_a_clock_stops_only_while_all_calls_wait(self) -> None:
        times = WaitingTimes()
        clock = RecordClocks(times).of(CallOrigin(3, 0, 0))
        assert clock is not None
        stopped = []
        for step in (
            clock.begin_call,
            clock.begin_wait,
            clock.begin_call,
            clock.begin_wait,
            clock.end_wait,
            clock.end_call,
            clock.end_wait,
            clock.end_call,
        ):
            step()
            stopped.append(times.waited(3, 0, time.monotonic_ns(), 10**18).is_waiting)

        self.assertEqual(stopped, [False, True, False, True, False, True, False, False])

    def test_a_record_that_lost_its_place_does_not_change_that_of_another(self) -> None:
        times = WaitingTimes()
        clocks = RecordClocks(times)
        first, second = clocks.of(CallOrigin(1, 0, 0)), clocks.of(CallOrigin(1 + PLACES, 0, 0))
        assert first is not None and second is not None
        second.begin_call()
        first.begin_call()
        first.begin_wait()

        self.assertFalse(times.waited(1 + PLACES, 0, time.monotonic_ns(), 10**18).is_waiting)

    def test_a_new_relay_knows_nothing_of_the_calls_of_the_last(self) -> None:
        times = WaitingTimes()
        times.begin(9, since=0)
        times.stop(9, now=time.monotonic_ns())
        RecordClocks(times)

        self.assertFalse(times.waited(9, 0, time.monotonic_ns(), 10**18).is_waiting)
