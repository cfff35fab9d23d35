"""Several records in flight: threads for `def`, one event loop for `async def`, results in input order."""

import time
import unittest

from engine_service import EngineService, script

SLEEPS = script("""
    import time
    def transform(record):
        time.sleep(record.get('sleep', 0))
        return record
""")
ASYNC_SLEEPS = script("""
    import asyncio
    async def transform(record):
        await asyncio.sleep(record.get('sleep', 0))
        return record
""")


class Concurrency(unittest.TestCase):
    def setUp(self) -> None:
        self.engine = EngineService()
        self.addCleanup(self.engine.close)

    def assert_only_these_fail(self, outcome, failed: dict[int, str]) -> None:
        found = {result.position: result.error["type"] for result in outcome.results if result.status == "FAILED"}
        self.assertEqual(found, failed)

    def test_threads_run_records_side_by_side_and_keep_their_order(self) -> None:
        self.engine.load(SLEEPS, recordConcurrency=8)
        given = [{"n": n, "sleep": 0.2 if n % 8 == 0 else 0.05} for n in range(32)]

        outcome = self.engine.run(given)

        self.assertEqual(outcome.finals, given)
        self.assertLess(outcome.seconds, 1.5)

    def test_tasks_run_records_side_by_side_and_keep_their_order(self) -> None:
        self.engine.load(ASYNC_SLEEPS, recordConcurrency=50)
        given = [{"n": n, "sleep": 0.3 if n == 0 else 0.1} for n in range(200)]

        outcome = self.engine.run(given)

        self.assertEqual(outcome.finals, given)
        self.assertLess(outcome.seconds, 2.5)

    def test_async_scripts_work_one_record_at_a_time(self) -> None:
        self.engine.load(
            script("""
            import asyncio
            running = 0
            async def transform(record):
                global running
                running += 1
                most = running
                await asyncio.sleep(0.001)
                running -= 1
                return {'running': most}
        """)
        )

        self.assertEqual(self.engine.run([{}] * 20).finals, [{"running": 1}] * 20)

    def test_one_event_loop_serves_all_records_of_a_process(self) -> None:
        self.engine.load(
            script("""
                import asyncio
                lock = None
                async def setup():
                    global lock
                    lock = asyncio.Lock()
                async def transform(record):
                    async with lock:
                        await asyncio.sleep(0)
                        return {'loop': id(asyncio.get_running_loop())}
            """),
            recordConcurrency=4,
        )

        self.assertEqual(len({final["loop"] for final in self.engine.run([{}] * 50).finals}), 1)

    def test_def_and_async_def_mix(self) -> None:
        self.engine.load(SLEEPS, ASYNC_SLEEPS, SLEEPS, recordConcurrency=10)
        given = [{"n": n, "sleep": 0.03} for n in range(40)]

        outcome = self.engine.run(given)

        self.assertEqual(outcome.results[39].values, [given[39]] * 3)
        self.assertLess(outcome.seconds, 3 * 0.03 * 40 * 0.6)

    def test_errors_and_skips_are_those_of_their_records(self) -> None:
        body = script("""
            transform(record):
                if record['n'] == 3:
                    raise SkipRecord('three')
                return record if record['n'] % 2 else {'n': 1 / (record['n'] - 4)}
        """)
        for kind in ("def ", "async def "):
            with self.subTest(kind=kind), EngineService() as engine:
                engine.load(kind + body, recordConcurrency=4)
                outcome = engine.run([{"n": n} for n in range(100)] + [b'{"n":1e999}'])
                self.assert_only_these_fail(outcome, {4: "ZeroDivisionError", 100: "NUMBER_OUT_OF_RANGE"})
                self.assertEqual(outcome.results[3].detail, "three")
                self.assertEqual(outcome.results[4].error["line"], 4)

    def test_large_batches_with_several_inputs(self) -> None:
        for source in (SLEEPS, ASYNC_SLEEPS):
            with self.subTest(source=source), EngineService() as engine:
                engine.load(source, recordConcurrency=5)
                given = [{"n": n, "pad": "x" * 100} for n in range(3000)]
                self.assertEqual(engine.run(given, input_bytes=40_000).finals, given)

    def test_one_slow_record_does_not_let_the_others_run_away(self) -> None:
        """What is done out of order waits in memory; it must not be the whole batch."""
        for source in (SLEEPS, ASYNC_SLEEPS):
            with self.subTest(source=source), EngineService() as engine:
                engine.load(
                    source.replace("return record", "return record | {'done': time.monotonic()}").replace(
                        "import", "import time,"
                    ),
                    recordConcurrency=2,
                )
                finals = engine.run([{"n": n, "sleep": 0.5 if n == 0 else 0} for n in range(100)]).finals
                self.assertGreater(finals[99]["done"], finals[0]["done"])

    def test_a_death_is_blamed_on_the_right_one_of_those_in_flight(self) -> None:
        body = script("""
            import os, time, asyncio
            {kind} transform(record):
                if record['n'] == 7:
                    time.sleep(0.1)
                    os._exit(3)
                {pause}(0.01)
                return record
        """)
        for kind, pause in (("def", "time.sleep"), ("async def", "await asyncio.sleep")):
            with self.subTest(kind=kind), EngineService() as engine:
                engine.load(body.format(kind=kind, pause=pause), recordConcurrency=6)
                outcome = engine.run([{"n": n} for n in range(30)])
                self.assert_only_these_fail(outcome, {7: "SCRIPT_CRASHED"})
                self.assertEqual(outcome.done["crashes"], 1)

    def test_a_record_that_waits_too_long_is_cancelled_without_harm_to_the_others(self) -> None:
        self.engine.load(
            "def transform(record):\n    return record | {'first': 1}\n",
            ASYNC_SLEEPS,
            recordConcurrency=4,
            recordTimeoutSeconds=0.4,
        )

        outcome = self.engine.run([{"n": n, "sleep": 60 if n in (2, 5) else 0} for n in range(12)])

        self.assert_only_these_fail(outcome, {2: "TIMEOUT", 5: "TIMEOUT"})
        self.assertEqual(outcome.results[2].values, [{"n": 2, "sleep": 60, "first": 1}])
        self.assertEqual(outcome.done["crashes"], 0)
        self.assertLess(outcome.seconds, 2)

    def test_a_record_that_blocks_the_loop_or_a_thread_is_found(self) -> None:
        body = script("""
            import time
            {kind} transform(record):
                if record['n'] == 5:
                    {hang}
                return record
        """)
        hangs = [
            ("async def", "time.sleep(60)"),
            ("def", "time.sleep(60)"),
            ("def", "__import__('re').match('(a+)+$', 'a' * 40 + 'b')"),
        ]
        for kind, hang in hangs:
            with self.subTest(kind=kind, hang=hang), EngineService() as engine:
                engine.load(body.format(kind=kind, hang=hang), recordConcurrency=3, recordTimeoutSeconds=0.4)
                outcome = engine.run([{"n": n} for n in range(12)])
                self.assert_only_these_fail(outcome, {5: "TIMEOUT"})
                self.assertLess(outcome.seconds, 4)

    def test_a_death_of_an_async_record_tells_no_values_that_are_not_its_own(self) -> None:
        """Memory of earlier records lies where the loop for plain functions would have left its values."""
        keep = "def transform(record):\n    return record\n"
        die = script("""
            import os
            async def transform(record):
                if record['n'] == 1:
                    os._exit(1)
                return record
        """)
        self.engine.load(keep, die)
        self.engine.run([{"n": 0}, {"n": 7}, {"n": 8}])

        outcome = self.engine.run([{"n": 0}, {"n": 1}, {"n": 2}])

        self.assert_only_these_fail(outcome, {1: "SCRIPT_CRASHED"})
        self.assertEqual(outcome.results[1].values, [])

    def test_a_timeout_error_of_the_script_is_its_own(self) -> None:
        self.engine.load(
            script("""
            import asyncio
            async def transform(record):
                async with asyncio.timeout(0.01):
                    await asyncio.sleep(5)
        """)
        )

        self.assertEqual(self.engine.run([{}]).results[0].error["type"], "TimeoutError")

    def test_a_coroutine_that_refuses_to_be_cancelled_is_stopped(self) -> None:
        self.engine.load(
            script("""
                import asyncio
                async def transform(record):
                    while record['n'] == 1:
                        try:
                            await asyncio.sleep(60)
                        except asyncio.CancelledError:
                            pass
                    return record
            """),
            recordTimeoutSeconds=0.3,
        )

        self.assert_only_these_fail(self.engine.run([{"n": n} for n in range(3)]), {1: "TIMEOUT"})

    def test_lines_are_marked_with_the_record_that_printed_them(self) -> None:
        body = script("""
            import asyncio, time
            {kind} transform(record):
                print('a', end='')
                {pause}(0.01)
                print('b', record['n'])
                return record
        """)
        for kind, pause in (("def", "time.sleep"), ("async def", "await asyncio.sleep")):
            with self.subTest(kind=kind), EngineService() as engine:
                engine.load(body.format(kind=kind, pause=pause), recordConcurrency=4)
                outcome = engine.run([{"n": n} for n in range(8)], base=100)
                self.assertEqual(sorted(outcome.log.splitlines()), sorted(f"#{100 + n} ab {n}" for n in range(8)))

    def test_background_tasks_run_while_the_process_waits_for_input(self) -> None:
        self.engine.load(
            script("""
            import asyncio
            ticks = []
            async def tick():
                while True:
                    ticks.append(1)
                    await asyncio.sleep(0.01)
            async def setup():
                global task
                task = asyncio.create_task(tick())
            async def transform(record):
                return {'ticks': len(ticks)}
        """)
        )
        lines = [b'{"n":1}', b'{"n":2}']
        inputs = self.engine.begin(lines, 0, 8)
        time.sleep(0.5)

        first, second = self.engine.finish(inputs, 2).finals

        self.assertGreater(second["ticks"] - first["ticks"], 10)

    def test_threads_are_known_as_ever_in_a_batch_and_in_what_it_forks(self) -> None:
        with EngineService() as engine:
            engine.load(
                script("""
                    import os, threading
                    imported_in = threading.current_thread()
                    lock = threading.Lock()

                    def names():
                        return [thread.name for thread in threading.enumerate()]

                    def transform(record):
                        other = threading.Thread(target=lock.acquire, name="other")
                        with lock:
                            other.start()
                            both = names()
                            child = os.fork()
                            if not child:
                                os._exit(len(names()))
                            in_the_child = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
                        other.join()
                        return {
                            "main": threading.current_thread() is threading.main_thread() is imported_in,
                            "both": both,
                            "inTheChild": in_the_child,
                            "after": names(),
                        }
                """)
            )
            for _ in range(2):
                (final,) = engine.run([{}]).finals
                self.assertEqual(
                    final,
                    {"main": True, "both": ["MainThread", "other"], "inTheChild": 1, "after": ["MainThread"]},
                )


if __name__ == "__main__":
    unittest.main()
