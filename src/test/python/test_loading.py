"""Scripts that cannot be used are refused before any record runs, with the reason and its place."""

import sys
import time
import unittest

from engine_service import EngineService, pipeline_of, script

GOOD = "def transform(record):\n    return record\n"


class Loading(unittest.TestCase):
    def setUp(self) -> None:
        self.engine = EngineService()
        self.addCleanup(self.engine.close)

    def test_a_syntax_error_is_named_with_its_line(self) -> None:
        error = self.engine.refusal(GOOD, "def transform(record):\n    return (record\n")

        self.assertEqual(
            (error["type"], error["step"], error["stage"], error["script"]),
            ("SCRIPT_SYNTAX", "step_1", "main", "main_1.py"),
        )
        self.assertEqual(error["line"], 2)

    def test_scripts_python_cannot_parse_are_syntax_errors(self) -> None:
        for source in (
            "x = '\0'\n",
            "# coding: latin-1\n" + GOOD,
            "x = " + "(" * 5000 + ")" * 5000,
            "x = '\ud800'\n",
            "\t\tx = 1",
        ):
            with self.subTest(source=source[:30]), EngineService() as engine:
                self.assertEqual(engine.refusal(source)["type"], "SCRIPT_SYNTAX")

    def test_a_script_without_a_usable_transform_breaks_the_contract(self) -> None:
        cases = {
            "": "defines no `transform`",
            "transform = 3\n": "must be a function, not int",
            "class transform:\n    def __init__(self, record): pass\n": "must be a function, not a class",
            "def transform():\n    pass\n": "must take one argument",
            "def transform(a, b):\n    pass\n": "must take one argument",
            "def transform(*, record):\n    pass\n": "must take one argument",
            "def transform(record):\n    yield record\n": "is a generator",
            "async def transform(record):\n    yield record\n": "is a generator",
            GOOD + "def setup(x):\n    pass\n": "`setup` must take no argument",
            GOOD + "setup = 5\n": "`setup` must be a function",
        }
        for source, message in cases.items():
            with self.subTest(source=source), EngineService() as engine:
                error = engine.refusal(source)
                self.assertEqual(error["type"], "SCRIPT_CONTRACT")
                self.assertIn(message, error["message"])

    def test_other_ways_to_define_transform_are_fine(self) -> None:
        sources = [
            "transform = lambda record: record\n",
            script("""
                import functools
                def keep(extra, record):
                    return record
                transform = functools.partial(keep, 1)
            """),
            script("""
                class Keep:
                    def __call__(self, record):
                        return record
                transform = Keep()
            """),
            script("""
                class Keep:
                    async def __call__(self, record):
                        return record
                transform = Keep()
            """),
            "def transform(record, extra=1, *rest, **more):\n    return record\n",
            "from copy import deepcopy as transform\n",
        ]
        self.engine.load(*sources)

        self.assertEqual(self.engine.run([{"n": 1}]).results[0].values, [{"n": 1}] * len(sources))

    def test_an_import_that_fails_is_told_with_its_traceback(self) -> None:
        error = self.engine.refusal("import json\nimport no_such_module\n")

        self.assertEqual((error["type"], error["line"], error["script"]), ("SCRIPT_LOAD", 2, "main_0.py"))
        self.assertIn("ModuleNotFoundError: No module named 'no_such_module'", error["message"])
        self.assertIn('File "main_0.py", line 2', error["traceback"])

    def test_a_module_that_is_missing_is_told_with_its_package_if_that_is_known(self) -> None:
        cases = {
            "import yaml\n": "No module named 'yaml'. Add `PyYAML` to the packages of the pipeline",
            "import pandas.no_such as x\n": "No module named 'pandas'. Add `pandas` to the packages of the pipeline",
            "from google.cloud import storage\n": ". Add `google-cloud-storage` to the packages of the pipeline",
            "import no_such_module\n": "No module named 'no_such_module'",
            "raise ModuleNotFoundError('x', name='yaml2')\n": "ModuleNotFoundError: x",
            "raise ModuleNotFoundError('x', name=3)\n": "ModuleNotFoundError: x",
        }
        for source, message in cases.items():
            with self.subTest(source=source), EngineService() as engine:
                # Whatever this Python has installed.
                without = "import sys\nsys.path = [p for p in sys.path if 'packages' not in p]\n"
                error = engine.refusal(without + source)
                self.assertEqual((error["type"], error["line"]), ("SCRIPT_LOAD", 3))
                self.assertTrue(error["message"].endswith(message), error["message"])

    def test_what_another_python_has_is_refused_with_the_version_of_this_one(self) -> None:
        version = f"The sandbox has Python {sys.version_info.major}.{sys.version_info.minor}"
        cases = {
            "from itertools import no_such_name\n": version,
            "import math\nmath.no_such_name\n": version,
            "def f(x):\n    return (x\n": version.lower(),
            "import no_such_module\n": "No module named 'no_such_module'",
        }
        for source, message in cases.items():
            with self.subTest(source=source), EngineService() as engine:
                error = engine.refusal(source + GOOD)
                self.assertIn(message.lower(), error["message"].lower())
                self.assertEqual(error["message"].count("Python"), "Python" in message or "python" in message)

    def test_a_byte_order_mark_is_no_part_of_the_script(self) -> None:
        self.engine.load("\ufeff" + GOOD)

        self.assertEqual(self.engine.run([{"n": 1}]).finals, [{"n": 1}])

    def test_whatever_a_script_does_while_it_is_loaded_ends_in_a_refusal(self) -> None:
        cases = {
            "raise SystemExit(3)\n": "SystemExit: 3",
            "import os\nos._exit(5)\n": "exit code 5 while the script was loaded",
            "import ctypes\nctypes.string_at(0)\n": "signal 11 (SIGSEGV) while the script was loaded",
            "import os\nos.kill(os.getpid(), 9)\n": "signal 9",
            "import os\nos.closerange(0, 200)\nos._exit(0)\n": "exit code 0",
            "raise KeyboardInterrupt\n": "KeyboardInterrupt",
        }
        for source, message in cases.items():
            with self.subTest(source=source), EngineService() as engine:
                error = engine.refusal(GOOD, source)
                self.assertEqual((error["type"], error["script"]), ("SCRIPT_LOAD", "main_1.py"))
                self.assertIn(message, error["message"])

    def test_an_import_that_hangs_is_given_up(self) -> None:
        began = time.monotonic()

        error = self.engine.refusal("while True: pass\n", loadTimeoutSeconds=0.5)

        self.assertEqual(error["type"], "SCRIPT_LOAD")
        self.assertIn("within 0.5 s", error["message"])
        self.assertEqual(
            (error["line"], error["traceback"].splitlines()[1]), (1, '  File "main_0.py", line 1, in <module>')
        )
        self.assertLess(time.monotonic() - began, 3)

    def test_a_setup_that_fails_is_told_before_any_record_runs(self) -> None:
        cases = {
            "def setup():\n    raise ValueError('no table')\n": "ValueError: no table",
            "async def setup():\n    raise ValueError('no table')\n": "ValueError: no table",
            "import os\ndef setup():\n    os._exit(4)\n": "exit code 4 before the first record",
        }
        for source, message in cases.items():
            with self.subTest(source=source):
                self.assert_setup_refused(source, message)

    def test_a_setup_that_does_not_return_is_told_before_any_record_runs(self) -> None:
        for kind in ("def", "async def"):
            with self.subTest(kind=kind):
                # The limit is that of the import too, which a busy machine must not use up.
                self.assert_setup_refused(
                    f"import time\n{kind} setup():\n    time.sleep(60)\n",
                    "setup did not return within 2 s",
                    loadTimeoutSeconds=2,
                )

    def assert_setup_refused(self, source: str, message: str, **settings: float) -> None:
        with EngineService() as engine:
            error = engine.refusal(GOOD, GOOD + source, **settings)
        self.assertEqual((error["type"], error["script"]), ("SCRIPT_LOAD", "main_1.py"))
        self.assertIn(message, error["message"])

    def test_a_setup_that_fails_later_fails_its_batch_with_the_reason(self) -> None:
        self.engine.load(
            GOOD
            + script("""
                import os
                def setup():
                    path = '/tmp/engine-test-%d' % os.getppid()
                    if os.path.exists(path):
                        raise ValueError('second time')
                    open(path, 'w').close()
            """)
        )

        outcomes = [self.engine.run([{}] * 3) for _ in range(2)]

        self.assertEqual(outcomes[0].statuses, ["SUCCEEDED"] * 3)
        self.assertEqual([result.error["message"] for result in outcomes[1].results], ["ValueError: second time"] * 3)

    def test_what_is_printed_while_loading_stands_at_the_start_of_the_first_log(self) -> None:
        self.engine.load(GOOD + "print('loading')\ndef setup():\n    print('setting up')\n")

        self.assertEqual(self.engine.run([{}]).log, "loading\nsetting up\n")

    def test_a_script_that_imports_slowly_still_loads(self) -> None:
        self.engine.load("import time\ntime.sleep(0.4)\n" + GOOD, loadTimeoutSeconds=5)

        self.assertEqual(self.engine.run([{"n": 1}]).finals, [{"n": 1}])

    def test_threads_started_by_an_import_are_no_obstacle(self) -> None:
        self.engine.load(
            script("""
                import threading, time
                threading.Thread(target=time.sleep, args=(30,), daemon=True).start()
            """)
            + GOOD
        )

        for _ in range(3):
            self.assertEqual(self.engine.run([{"n": 1}]).finals, [{"n": 1}])

    def test_names_of_scripts_are_only_labels(self) -> None:
        names = ["../../etc/passwd", "/etc/hosts", "naïve \U0001f600.py", "a" * 5000, "<string>", "it's.py"]
        pipeline = pipeline_of(*["def transform(record):\n    return record | {'file': __file__}\n"] * len(names))
        for step, name in zip(pipeline["steps"], names, strict=True):
            step["stages"][0]["script"] = name
        self.engine.load_pipeline(pipeline)

        values = self.engine.run([{}]).results[0].values

        self.assertEqual([value["file"] for value in values], names)


if __name__ == "__main__":
    unittest.main()
