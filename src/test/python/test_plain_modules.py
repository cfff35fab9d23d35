"""Scripts behave as modules of their own would: processes, sources, names, and what they find around them."""

import unittest

from engine_service import EngineService, script

POOLS = script("""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    FACTOR = 2

    def double(number):
        if number == 7:
            raise SkipRecord('seven')
        return number * FACTOR

    def in_pool(method, numbers):
        with multiprocessing.get_context(method).Pool(1) as pool:
            return pool.map(double, numbers)

    def in_executor(method, numbers):
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context(method)) as pool:
            return list(pool.map(double, numbers))

    def transform(record):
        run = in_pool if record['pool'] else in_executor
        return {'doubled': run(record['method'], record['numbers'])}
""")


class PlainModules(unittest.TestCase):
    def setUp(self) -> None:
        self.engine = EngineService()
        self.addCleanup(self.engine.close)

    def test_pools_of_processes_work_however_they_are_started(self) -> None:
        self.engine.load(POOLS, recordTimeoutSeconds=25)
        records = [
            {"method": method, "pool": pool, "numbers": [1, 2]}
            for method in ("fork", "spawn", "forkserver")
            for pool in (True, False)
        ]

        outcome = self.engine.run([*records, {"method": "spawn", "pool": False, "numbers": [7]}])

        self.assertEqual([result.detail for result in outcome.results[:-1]], [None] * 6)
        self.assertEqual([result.final for result in outcome.results[:-1]], [{"doubled": [2, 4]}] * 6)
        self.assertEqual((outcome.results[-1].status, outcome.results[-1].detail), ("SKIPPED", "seven"))

    def test_a_spawned_process_fails_its_record_at_once_if_it_cannot_work(self) -> None:
        self.engine.load(script("""
            import multiprocessing
            from concurrent.futures import ProcessPoolExecutor
            if multiprocessing.current_process().name != 'MainProcess':
                raise ValueError('not here')
            def double(number):
                return number * 2
            def transform(record):
                with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context('spawn')) as pool:
                    return {'doubled': list(pool.map(double, [1]))}
        """), recordTimeoutSeconds=25)  # fmt: skip

        outcome = self.engine.run([{}])

        self.assertEqual(outcome.results[0].error["type"], "BrokenProcessPool")
        self.assertIn("ValueError: not here", outcome.log)
        self.assertLess(outcome.seconds, 20)

    def test_what_modules_usually_do_works(self) -> None:
        self.engine.load(
            script("""
            from __future__ import annotations

            import dataclasses
            import doctest
            import enum
            import inspect
            import pickle
            import sys
            import typing
            from typing import TYPE_CHECKING

            if TYPE_CHECKING:
                from nowhere import Nothing

            if __name__ == '__main__':
                raise SystemExit('not a program')

            class Colour(enum.Enum):
                RED = 1

            @dataclasses.dataclass
            class Point:
                x: int
                colour: Colour = Colour.RED

            def add(one: int, other: Nothing) -> int:
                'Adds.\\n\\n>>> add(1, 2)\\n3\\n'
                return one + other

            def transform(record):
                point = pickle.loads(pickle.dumps(Point(3)))
                return {
                    'point': [point.x, point.colour is Colour.RED],
                    'hints': typing.get_type_hints(Point)['x'].__name__,
                    'source': inspect.getsource(add).splitlines()[0],
                    'doctest': doctest.testmod(sys.modules[__name__]).attempted,
                    'names': [__file__, __name__ in sys.modules, __builtins__ is not None],
                }
        """)
        )

        outcome = self.engine.run([{}])

        self.assertEqual(outcome.statuses, ["SUCCEEDED"], outcome.results)
        self.assertEqual(
            outcome.finals[0],
            {
                "point": [3, True],
                "hints": "int",
                "source": "def add(one: int, other: Nothing) -> int:",
                "doctest": 1,
                "names": ["main_0.py", True, True],
            },
        )

    def test_input_and_exit_end_the_record_and_not_the_batch(self) -> None:
        self.engine.load(
            script("""
            def transform(record):
                if record['n'] == 0:
                    input('name? ')
                if record['n'] == 1:
                    exit(3)
                return record
        """)
        )

        outcome = self.engine.run([{"n": n} for n in range(3)])

        types = [result.error["type"] if result.status == "FAILED" else "" for result in outcome.results]
        self.assertEqual(types[0], "EOFError")
        self.assertIn(types[1], ("SystemExit", "NameError"))
        self.assertEqual(types[2], "")


if __name__ == "__main__":
    unittest.main()
