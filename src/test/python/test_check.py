"""CHECK: problems of a script with their places, without running it."""

import os
import sys
import time
import unittest

from pipeline_engine.scripts.analysis import problems_of

from engine_service import EngineService, script

PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
GOOD = "def transform(record):\n    return record\n"


class Check(unittest.TestCase):
    def assert_problem(
        self,
        source: str | bytes,
        code: str,
        message: str,
        line: int,
        column: int | None = None,
        severity: str = "error",
    ) -> None:
        with self.subTest(source=source[:60]):
            found = problems_of(source.encode() if isinstance(source, str) else source)
            self.assertEqual(len(found), 1, found)
            self.assertEqual((found[0].code, found[0].line, found[0].severity), (code, line, severity))
            self.assertIn(message, found[0].message)
            if column is not None:
                self.assertEqual(found[0].column, column)

    def test_usable_scripts_have_no_problem(self) -> None:
        sources = [
            GOOD,
            "# coding: utf-8\n" + GOOD,
            "async def transform(record):\n    return record\n",
            "transform = lambda record: record\n",
            "from elsewhere import transform\n",
            "from elsewhere import *\n",
            "from elsewhere import keep as transform\n",
            "if True:\n    def transform(record):\n        return record\n",
            script("""
                try:
                    import x
                except ImportError:
                    transform = None
                else:
                    transform = x.y
            """),
            "def transform(record, /, extra=1, *, more=2):\n    return record\n",
            "def transform(*records):\n    return records[0]\n",
            "@decorate\ndef transform():\n    yield\n",
            script("""
                def transform(record):
                    def inner():
                        yield 1
                    return list(inner())
            """),
            "def transform(record):\n    raise SkipRecord('always')\n",
            GOOD + "def setup():\n    pass\n",
            "globals()['transform'] = lambda record: record\n",
        ]
        for source in sources:
            with self.subTest(source=source):
                self.assertEqual(problems_of(source.encode()), [])

    def test_what_does_not_parse_is_a_syntax_problem_at_its_place(self) -> None:
        self.assert_problem("def transform(record)\n    return record\n", "SCRIPT_SYNTAX", "expected ':'", 1, 22)
        self.assert_problem("x = 1\n  y = 2\n", "SCRIPT_SYNTAX", "unexpected indent", 2)
        self.assert_problem("def transform(record):\n\treturn 1\n        return 2\n", "SCRIPT_SYNTAX", "", 3)
        self.assert_problem("return 1\n", "SCRIPT_SYNTAX", "'return' outside function", 1)
        self.assert_problem(b"x = '\xff'\n", "SCRIPT_SYNTAX", "not UTF-8 (byte 5)", 1)
        self.assert_problem("x = 1\ny = '\0'\n", "SCRIPT_SYNTAX", "NUL", 2, 6)
        self.assert_problem(
            "#!/usr/bin/python\n# -*- coding: latin-1 -*-\n" + GOOD, "SCRIPT_SYNTAX", "must be UTF-8, not latin-1", 2
        )

    def test_every_syntax_problem_names_the_python_of_the_sandbox(self) -> None:
        self.assert_problem("x = (1]\n", "SCRIPT_SYNTAX", f"(the sandbox has Python {PYTHON})", 1)
        self.assert_problem("return 1\n", "SCRIPT_SYNTAX", f"(the sandbox has Python {PYTHON})", 1)

    def test_syntax_of_a_newer_python_is_told_from_mistakes(self) -> None:
        newer = {
            "def first[T](items: list[T]) -> T: ...\n": "3.12: type parameters",
            "class Box[T]:\n    pass\n": "3.12: type parameters",
            "async def f[*Ts, **P](x): ...\n": "3.12: type parameters",
            "type Pair[T] = tuple[T, T]\n": "3.12: the type statement",
            "type X = int\n": "3.12: the type statement",
            "x = f'{d['a']}'\n": "3.12: quotes, backslashes, comments or line breaks within the braces",
            'x = f"{", ".join(a)}"\n': "3.12: quotes",
            "x = f'{\"\\n\".join(a)}'\n": "3.12: quotes",
            "x = f'{a # why\n}'\n": "3.12: quotes",
            "try:\n    pass\nexcept A, B:\n    pass\n": "3.14: except without parentheses",
            "x = t'hello {name}'\n": "3.14: template strings",
            "lazy import json\n": "3.15: lazy imports",
            "x = [*y for y in z]\n": "3.15: unpacking in a comprehension",
            "x = {**y for y in z}\n": "3.15: unpacking in a comprehension",
        }
        for source, kind in newer.items():
            since = tuple(map(int, kind.partition(":")[0].split(".")))
            if since > sys.version_info[:2]:
                line = 3 if "except" in source else 1
                message = f"The sandbox has Python {PYTHON}; this may be syntax of Python {kind}"
                self.assert_problem(source, "SCRIPT_SYNTAX", message, line)

    def test_a_byte_order_mark_is_no_part_of_the_script(self) -> None:
        self.assertEqual(problems_of("\ufeff# coding: utf-8\n".encode() + GOOD.encode()), [])
        self.assert_problem("\ufeffx = (1]\n", "SCRIPT_SYNTAX", "does not match", 1, 7)

    def test_what_breaks_the_contract_is_told(self) -> None:
        self.assert_problem("", "SCRIPT_CONTRACT", "empty", 1, 1)
        self.assert_problem(" \n\t\n", "SCRIPT_CONTRACT", "empty", 1, 1)
        self.assert_problem("x = 1\n", "SCRIPT_CONTRACT", "defines no `transform`", 1)
        self.assert_problem(
            "class A:\n    def transform(self, record):\n        return record\n",
            "SCRIPT_CONTRACT",
            "defines no `transform`",
            1,
        )
        self.assert_problem("x = 1\n\nclass transform:\n    pass\n", "SCRIPT_CONTRACT", "not a class", 3, 1)
        self.assert_problem("transform = {'a': 1}\n", "SCRIPT_CONTRACT", "must be a function", 1)
        self.assert_problem("def transform():\n    return {}\n", "SCRIPT_CONTRACT", "must take one argument", 1)
        self.assert_problem("def transform(a, b):\n    return {}\n", "SCRIPT_CONTRACT", "must take one argument", 1)
        self.assert_problem(
            "def transform(record, *, mode):\n    return {}\n", "SCRIPT_CONTRACT", "must take one argument", 1
        )
        self.assert_problem("x = 1\nasync def transform(record):\n    yield {}\n", "SCRIPT_CONTRACT", "generator", 2)
        self.assert_problem(GOOD + "def setup(x):\n    pass\n", "SCRIPT_CONTRACT", "`setup` must take no argument", 3)
        self.assert_problem(
            "def transform(record):\n    record['a'] = 1\n", "SCRIPT_CONTRACT", "never returns", 1, severity="warning"
        )


class CheckThroughTheEngine(unittest.TestCase):
    def setUp(self) -> None:
        self.engine = EngineService()
        self.addCleanup(self.engine.close)

    def test_scripts_are_checked_but_never_run_and_a_pipeline_can_follow(self) -> None:
        self.assertEqual(self.engine.check("import os\nos._exit(1)\n" + GOOD), [])
        self.assertEqual(self.engine.check("x")[0]["code"], "SCRIPT_CONTRACT")
        self.engine.load(GOOD)

        self.assertEqual(self.engine.run([{"n": 1}]).finals, [{"n": 1}])

    def test_scripts_that_break_the_parser_are_a_problem_of_theirs(self) -> None:
        began = time.monotonic()
        breaking = [
            "(" * 100_000,
            "x = " + "-" * 200_000 + "1",
            "x = " + "[" * 90 + "]" * 90 + "\n" + "if 1:\n" * 1,
            "a." * 200_000 + "b",
            "f(" * 5000 + ")" * 5000,
            "+".join(["1"] * 100_000),
        ]
        for source in breaking:
            with self.subTest(source=source[:20]):
                found = self.engine.check(source)
                self.assertTrue(found)
                self.assertIn(found[0]["code"], ("SCRIPT_SYNTAX", "SCRIPT_CONTRACT"))

        self.assertEqual(self.engine.check(GOOD), [])
        self.assertLess(time.monotonic() - began, 30)

    def test_a_script_that_takes_long_to_compile_is_a_problem_of_its_own(self) -> None:
        used_before = os.times().children_user
        for source in ["def f():pass\n" * 20_000 + GOOD, "class A:pass\n" * 20_000 + GOOD]:
            with self.subTest(source=source[:20]):
                found = self.engine.check(source)

                self.assertEqual([problem["code"] for problem in found], ["SCRIPT_SYNTAX"])
                self.assertIn("make it shorter", found[0]["message"])
        self.assertEqual(self.engine.check(GOOD), [])
        self.engine.close()
        self.assertLess(os.times().children_user - used_before, 4)

    def test_a_huge_script_is_checked(self) -> None:
        source = GOOD + "".join(f"x{n} = {n}\n" for n in range(20_000))

        self.assertEqual(self.engine.check(source), [])


if __name__ == "__main__":
    unittest.main()
