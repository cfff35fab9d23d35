"""Tracebacks of exceptions with notes, of groups, and of those that try to do harm."""

import unittest

from engine_service import EngineService, script

GROUP = script("""
    def fail(error):
        raise error

    def caught(error):
        try:
            fail(error)
        except Exception as problem:
            return problem

    def transform(record):
        inner = ExceptionGroup('inner', [TypeError('t'), caught(OSError('o'))])
        group = ExceptionGroup('outer', [caught(ValueError('v')), inner])
        group.add_note('of the group')
        raise group from KeyError('k')
""")


class Tracebacks(unittest.TestCase):
    def setUp(self) -> None:
        self.engine = EngineService()
        self.addCleanup(self.engine.close)

    def error_of(self, source: str) -> dict:
        self.engine.load(source)
        return self.engine.run([{"n": 1}]).results[0].error

    def test_notes_follow_the_message(self) -> None:
        error = self.error_of(
            script("""
            def transform(record):
                try:
                    record['x']
                except KeyError as missing:
                    missing.add_note('first\\nof two lines')
                    missing.__notes__.append(7)
                    raise
        """)
        )

        self.assertEqual(error["message"], "'x'")
        self.assertTrue(error["traceback"].endswith("KeyError: 'x'\nfirst\nof two lines\n7"), error["traceback"])

    def test_members_of_groups_are_shown_as_python_shows_them(self) -> None:
        error = self.error_of(GROUP)

        self.assertEqual((error["type"], error["message"]), ("ExceptionGroup", "outer (2 sub-exceptions)"))
        self.assertEqual(error["line"], 14)
        self.assertEqual(
            error["traceback"],
            script("""
                KeyError: 'k'

                The above exception was the direct cause of the following exception:

                  + Exception Group Traceback (most recent call last):
                  |   File "main_0.py", line 14, in transform
                  |     raise group from KeyError('k')
                  | ExceptionGroup: outer (2 sub-exceptions)
                  | of the group
                  +-+---------------- 1 ----------------
                    | Traceback (most recent call last):
                    |   File "main_0.py", line 6, in caught
                    |     fail(error)
                    |   File "main_0.py", line 2, in fail
                    |     raise error
                    | ValueError: v
                    +---------------- 2 ----------------
                    | ExceptionGroup: inner (2 sub-exceptions)
                    |   +-+---------------- 1 ----------------
                    |     | TypeError: t
                    |     +---------------- 2 ----------------
                    |     | Traceback (most recent call last):
                    |     |   File "main_0.py", line 6, in caught
                    |     |     fail(error)
                    |     |   File "main_0.py", line 2, in fail
                    |     |     raise error
                    |     | OSError: o
                    |     +------------------------------------
                    +------------------------------------
            """).rstrip("\n"),
        )

    def test_a_task_group_shows_what_failed_in_it(self) -> None:
        error = self.error_of(
            script("""
            import asyncio
            async def part(number):
                raise ValueError(f'part {number}')
            async def transform(record):
                async with asyncio.TaskGroup() as group:
                    for number in range(2):
                        group.create_task(part(number))
        """)
        )

        self.assertIn("    | ValueError: part 0\n", error["traceback"])
        self.assertIn("    | ValueError: part 1\n", error["traceback"])
        self.assertNotIn("taskgroups.py", error["traceback"])

    def test_failures_of_imports_and_setups_have_them_too(self) -> None:
        body = "error = ExceptionGroup('two', [ValueError('a'), TypeError('b')]); error.add_note('why'); raise error\n"
        for source in (body, f"def transform(record):\n    return record\ndef setup():\n    {body}"):
            with self.subTest(source=source), EngineService() as engine:
                traceback = engine.refusal(source)["traceback"]
                self.assertIn("  | ExceptionGroup: two (2 sub-exceptions)\n  | why\n", traceback)
                self.assertIn("    | TypeError: b\n", traceback)

    def test_exceptions_that_fight_back_are_shown_all_the_same(self) -> None:
        self.engine.load(
            script("""
            class Hiding(ValueError):
                @property
                def __traceback__(self): raise SystemExit('traceback')
                @property
                def __cause__(self): raise SystemExit('cause')
                @property
                def __context__(self): raise SystemExit('context')
                @property
                def __notes__(self): raise SystemExit('notes')
            class Loud:
                def __repr__(self): raise SystemExit('repr')
            class Huge(Exception):
                def __str__(self): return 'x' * 1_000_000
            class Members(ExceptionGroup):
                @property
                def exceptions(self): raise SystemExit('members')
            class Key(str):
                __hash__ = str.__hash__
                def __eq__(self, other): raise SystemExit('key')
            def noted(error, notes):
                error.__notes__ = notes
                return error
            def nested(levels):
                error = ValueError('deep')
                for _ in range(levels):
                    error = ExceptionGroup('level', [error] * 3)
                return error
            def keyed():
                error = ValueError('keyed')
                error.__dict__[Key('__notes__')] = ['x']
                return error
            def looped():
                one, other = ValueError('one'), ValueError('other')
                one.__cause__, other.__cause__ = other, one
                return one
            ERRORS = [
                Hiding('hidden'),
                noted(ValueError('v'), [Loud(), 'fine']),
                noted(ValueError('v'), Loud()),
                noted(ValueError('v'), ['n' * 1_000_000] * 100_000),
                ExceptionGroup('many', [Huge() for _ in range(5000)]),
                Members('members', [ValueError('m')]),
                nested(60),
                keyed(),
                looped(),
            ]
            def transform(record):
                raise ERRORS[record['n']]
        """)
        )

        outcome = self.engine.run([{"n": n} for n in range(9)])

        tracebacks = [result.error["traceback"] for result in outcome.results]
        self.assertEqual((outcome.log, outcome.done["crashes"]), ("", 0))
        self.assertTrue(all(len(text) <= 16_384 for text in tracebacks))
        self.assertIn("line 48, in transform", tracebacks[0])
        self.assertIn("<no note: its __repr__ raised SystemExit>\nfine", tracebacks[1])
        self.assertIn("<no note: its __repr__ raised SystemExit>", tracebacks[2])
        self.assertIn("(1,000,000 characters)", tracebacks[3])
        self.assertIn("1 ----------------\n    | Huge: xxx", tracebacks[4])
        self.assertIn("    | ValueError: m\n", tracebacks[5])
        self.assertIn("more exceptions left out ...", tracebacks[6])
        self.assertTrue(tracebacks[7].endswith("ValueError: keyed"))
        self.assertEqual(tracebacks[8].count("direct cause"), 4)


if __name__ == "__main__":
    unittest.main()
