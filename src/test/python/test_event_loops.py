"""`asyncio` in plain functions beside `async def`: works wherever it would in a script of its own."""

import unittest

from engine_service import EngineService, script

AWAITING = "async def transform(record):\n    return record\n"
PASSING = "def transform(record):\n    return record\n"

HELPERS = script("""
    import asyncio
    import threading

    async def double(number):
        await asyncio.sleep(0)
        return (await asyncio.gather(*[asyncio.sleep(0, number)] * 2))[0] * 2

    def with_runner(number):
        with asyncio.Runner() as runner:
            return runner.run(double(number)) + runner.run(double(0))

    def in_new_loop(number):
        loop = asyncio.new_event_loop()
        try:
            return loop.run_until_complete(double(number))
        finally:
            loop.close()

    def in_thread(number):
        found = []
        thread = threading.Thread(target=lambda: found.append(asyncio.run(double(number))))
        thread.start()
        thread.join()
        return found[0]

    def as_a_library(number):
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return asyncio.run(double(number))
        raise AssertionError('a loop is running')
""")


PLAIN = HELPERS + script("""
    WAYS = [
        lambda number: asyncio.get_event_loop().run_until_complete(double(number)),
        lambda number: asyncio.run(double(number)),
        with_runner,
        in_new_loop,
        in_thread,
        as_a_library,
    ]

    def transform(record):
        return {'n': WAYS[record['n'] % len(WAYS)](record['n'])}
""")


class EventLoops(unittest.TestCase):
    def setUp(self) -> None:
        self.engine = EngineService()
        self.addCleanup(self.engine.close)

    def test_a_def_runs_event_loops_of_its_own_beside_async_def_and_alone(self) -> None:
        for sources in ([PLAIN], [PLAIN, AWAITING], [AWAITING, PLAIN, AWAITING, PLAIN]):
            for concurrency in (1, 5):
                with self.subTest(stages=len(sources), concurrency=concurrency), EngineService() as engine:
                    engine.load(*sources, recordConcurrency=concurrency)
                    outcome = engine.run([{"n": n} for n in range(30)])
                    failed = [result.error for result in outcome.results if result.status == "FAILED"]
                    factor = 2 ** sources.count(PLAIN)
                    self.assertEqual(failed, [])
                    self.assertEqual(outcome.finals, [{"n": n * factor} for n in range(30)])

    def test_a_def_setup_runs_event_loops_of_its_own(self) -> None:
        self.engine.load(
            AWAITING,
            HELPERS
            + script("""
                def setup():
                    global table
                    table = asyncio.run(double(3)) + with_runner(4) + in_new_loop(5)
                async def transform(record):
                    return {'table': table}
            """),
        )

        self.assertEqual(self.engine.run([{}]).finals, [{"table": 24}])

    def test_importing_may_run_an_event_loop(self) -> None:
        self.engine.load(
            HELPERS + "table = asyncio.run(double(3))\nasync def transform(record):\n    return {'table': table}\n"
        )

        self.assertEqual(self.engine.run([{}]).finals, [{"table": 6}])

    def test_a_def_has_the_main_thread_as_long_as_one_record_is_in_flight(self) -> None:
        self.engine.load(
            AWAITING,
            script("""
                import signal
                def transform(record):
                    signal.signal(signal.SIGALRM, signal.SIG_IGN)
                    return record
            """),
        )

        self.assertEqual(self.engine.run([{}]).statuses, ["SUCCEEDED"])

    def test_every_async_def_of_a_process_has_the_same_loop_though_a_def_is_between_them(self) -> None:
        awaiting = script("""
            import asyncio
            async def transform(record):
                await asyncio.sleep(0)
                return record | {'loops': record.get('loops', []) + [id(asyncio.get_running_loop())]}
        """)
        for concurrency in (1, 3):
            with self.subTest(concurrency=concurrency), EngineService() as engine:
                running = HELPERS + "def transform(record):\n    asyncio.run(double(1))\n    return record\n"
                engine.load(awaiting, running, awaiting, recordConcurrency=concurrency)
                outcome = engine.run([{}] * 6)
                self.assertEqual(len({loop for final in outcome.finals for loop in final["loops"]}), 1)

    def test_context_variables_reach_from_setup_through_every_kind_of_stage(self) -> None:
        setting = script("""
            import contextvars
            variable = contextvars.ContextVar('variable', default='unset')
            {setup}
            {kind} transform(record):
                return record | {{'seen': variable.get()}}
        """)
        setup = "async def setup():\n    variable.set('set')\n"
        for kind in ("def", "async def"):
            with self.subTest(kind=kind), EngineService() as engine:
                engine.load(setting.format(setup=setup, kind=kind), AWAITING, PASSING)
                self.assertEqual(engine.run([{}, {}]).finals, [{"seen": "set"}] * 2)

    def test_an_async_record_beside_a_def_is_cancelled_in_time_and_shows_where_it_was(self) -> None:
        self.engine.load(
            "def transform(record):\n    return record | {'first': 1}\n",
            script("""
                import asyncio
                async def transform(record):
                    if record['n'] == 1:
                        await asyncio.sleep(60)
                    return record
            """),
            recordTimeoutSeconds=0.3,
        )

        outcome = self.engine.run([{"n": n} for n in range(3)])

        self.assertEqual(outcome.statuses, ["SUCCEEDED", "FAILED", "SUCCEEDED"])
        self.assertEqual((outcome.results[1].error["type"], outcome.results[1].error["line"]), ("TIMEOUT", 4))
        self.assertEqual(outcome.results[1].values, [{"n": 1, "first": 1}])
        self.assertEqual(outcome.done["crashes"], 0)

    def test_whatever_an_async_stage_raises_is_the_end_of_its_record_only(self) -> None:
        types = ["SystemExit", "KeyboardInterrupt", "CancelledError", "GeneratorExit", "ValueError"]
        source = (
            "from asyncio import CancelledError\n"
            f"async def transform(record):\n    raise [{', '.join(types)}][record['n']]()\n"
        )
        for sources in ([source], [PASSING, source]):
            with self.subTest(stages=len(sources)), EngineService() as engine:
                engine.load(*sources)
                outcome = engine.run([{"n": n} for n in range(len(types))])
                self.assertEqual([result.error["type"] for result in outcome.results], types)
                self.assertEqual((outcome.log, outcome.done["crashes"]), ("", 0))

    def test_threads_of_an_async_def_do_not_wait_for_each_other(self) -> None:
        self.engine.load(
            script("""
            import asyncio
            import threading
            async def transform(record):
                meeting = threading.Barrier(3)
                await asyncio.gather(*(asyncio.to_thread(meeting.wait, 10) for _ in range(3)))
                return record
        """)
        )

        self.assertEqual(self.engine.run([{}]).statuses, ["SUCCEEDED"])


if __name__ == "__main__":
    unittest.main()
