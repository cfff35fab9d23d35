"""What a record tells of an exception that its script raised."""

import unittest

from engine_service import EngineService, script


class Exceptions(unittest.TestCase):
    def setUp(self) -> None:
        self.engine = EngineService()
        self.addCleanup(self.engine.close)

    def run_one(self, source: str, record: dict | bytes | None = None, **settings):
        self.engine.load(source, **settings)
        return self.engine.run([{"n": 1} if record is None else record]).results[0]

    def test_traceback_shows_only_frames_of_user_scripts_with_their_source(self) -> None:
        result = self.run_one(
            script("""
            import json

            def helper(text):
                return json.loads(text)

            def transform(record):
                return helper('{')
        """)
        )

        self.assertEqual(
            result.error["traceback"],
            "Traceback (most recent call last):\n"
            "  File \"main_0.py\", line 7, in transform\n    return helper('{')\n"
            '  File "main_0.py", line 4, in helper\n    return json.loads(text)\n'
            "JSONDecodeError: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)",
        )
        self.assertEqual(result.error["line"], 4)

    def test_a_chain_of_exceptions_is_told_in_order(self) -> None:
        result = self.run_one(
            script("""
            def transform(record):
                try:
                    record['x']
                except KeyError as missing:
                    raise ValueError('bad') from missing
        """)
        )

        first, second = result.error["traceback"].split(
            "\n\nThe above exception was the direct cause of the following exception:\n\n"
        )
        self.assertIn("line 3", first)
        self.assertIn("ValueError: bad", second)

    def test_every_kind_of_exception_fails_only_the_record(self) -> None:
        raised = [
            "SystemExit(3)",
            "KeyboardInterrupt()",
            "GeneratorExit()",
            "BaseException('x')",
            "StopIteration()",
            "MemoryError()",
        ]
        self.engine.load(f"def transform(record):\n    raise [{', '.join(raised)}][record['n']]\n")

        outcome = self.engine.run([{"n": n} for n in range(len(raised))])

        types = [result.error["type"] for result in outcome.results]
        self.assertEqual(types, [text.partition("(")[0] for text in raised])
        self.assertEqual(outcome.done["crashes"], 0)

    def test_sys_exit_fails_only_the_record(self) -> None:
        self.assertEqual(
            self.run_one("import sys\ndef transform(record):\n    sys.exit('enough')\n").error["type"], "SystemExit"
        )

    def test_endless_recursion_is_an_error_of_the_record(self) -> None:
        result = self.run_one("def transform(record):\n    return transform(record)\n")

        self.assertEqual(result.error["type"], "RecursionError")
        self.assertIn("frames left out", result.error["traceback"])
        self.assertLess(len(result.error["traceback"]), 4000)

    def test_exceptions_that_fight_back_are_reported_all_the_same(self) -> None:
        self.engine.load(
            script("""
            class Evil(Exception):
                def __str__(self):
                    raise SystemExit('from str')
            class Loud(Exception):
                def __str__(self):
                    return 'x' * (50 << 20)
            class Odd(type):
                @property
                def __name__(cls):
                    raise RuntimeError('no name')
            class Nameless(Exception, metaclass=Odd):
                pass
            class Text(str):
                def __add__(self, other):
                    raise RuntimeError('no')
            class Sly(Exception):
                def __str__(self):
                    return Text('sly')
            def transform(record):
                raise [Evil(), Loud(), Nameless('hidden'), Sly(), ValueError('\\ud800 \\x00')][record['n']]
        """)
        )

        errors = [result.error for result in self.engine.run([{"n": n} for n in range(5)]).results]

        self.assertEqual(errors[0]["message"], "<no message: its __str__ raised SystemExit>")
        self.assertLessEqual(len(errors[1]["message"].encode()), 8192)
        self.assertIn("52,428,800 characters", errors[1]["message"])
        self.assertEqual((errors[2]["type"], errors[2]["message"]), ("Exception", "hidden"))
        self.assertEqual(errors[3]["type"], "Sly")
        self.assertEqual(errors[4]["message"], "\ud800 \x00")

    def test_errors_of_scripts_with_the_same_name_show_the_right_source(self) -> None:
        good = "def transform(record):\n    return record\n"
        bad = "def transform(record):\n    return record['missing']\n"
        steps = [
            {"name": n, "stages": [{"script": "main.py", "source": s, "stage": "main"}]}
            for n, s in (("a", good), ("b", bad))
        ]
        self.engine.load_pipeline({"steps": steps})

        error = self.engine.run([{}]).results[0].error

        self.assertEqual((error["step"], error["script"], error["line"]), ("b", "main.py", 2))
        self.assertIn("return record['missing']", error["traceback"])


if __name__ == "__main__":
    unittest.main()
