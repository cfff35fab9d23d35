"""When a script takes its process down, hangs, or eats all memory: only its own record pays."""

import tempfile
import time
import unittest
from pathlib import Path

from deadly_scripts import DEATHS, DeathTest, records
from engine_service import EngineService, pipeline_of, script


class Deaths(DeathTest):
    def test_a_segmentation_fault_is_blamed_on_its_record(self) -> None:
        outcome = self.run_deaths(records(10, at_3="ctypes.string_at(0)"))

        self.assert_only_these_fail(outcome, {3: "SCRIPT_CRASHED"})
        error = outcome.results[3].error
        self.assertIn("signal 11 (SIGSEGV)", error["message"])
        self.assertEqual((error["step"], error["stage"], error["script"]), ("step_0", "main", "main_0.py"))
        self.assertEqual(outcome.done["crashes"], 1)

    def test_a_crash_is_reported_with_the_line_where_it_happened(self) -> None:
        outcome = self.run_deaths(records(2, at_1="ctypes.string_at(0)"))

        error = outcome.results[1].error
        self.assertEqual((error["script"], error["line"]), ("main_0.py", 7))
        self.assertTrue(
            error["traceback"].startswith(
                "Traceback (most recent call last):\n"
                '  File "main_0.py", line 7, in transform\n    exec(how, globals())\n'
            )
        )
        self.assertTrue(error["traceback"].endswith("SCRIPT_CRASHED: " + error["message"]))

    def test_a_time_out_is_reported_with_the_line_that_was_running(self) -> None:
        self.engine.load(
            script("""
                import re

                def search(text):
                    return re.match('(a+)+$', text)

                def transform(record):
                    search('a' * 40 + 'b')
            """),
            recordTimeoutSeconds=0.3,
        )

        error = self.engine.run([{}]).results[0].error

        self.assertEqual((error["type"], error["line"]), ("TIMEOUT", 4))
        self.assertIn(
            "line 7, in transform\n    search('a' * 40 + 'b')\n  File \"main_0.py\", line 4, in search\n",
            error["traceback"],
        )

    def test_where_scripts_with_awkward_names_hang_is_found_too(self) -> None:
        for name in ("naïve \U0001f600\x07.py", "n" * 600):
            with self.subTest(name=name), EngineService() as engine:
                pipeline = pipeline_of("def transform(record):\n    while True: pass\n", recordTimeoutSeconds=0.2)
                pipeline["steps"][0]["stages"][0]["script"] = name
                engine.load_pipeline(pipeline)
                error = engine.run([{}]).results[0].error
                self.assertEqual((error["script"], error["line"]), (name, 2))

    def test_exits_aborts_and_kills_are_blamed_on_their_records(self) -> None:
        outcome = self.run_deaths(
            records(
                12,
                at_0="os._exit(0)",
                at_2="os._exit(3)",
                at_3="os._exit(137)",
                at_4="os.abort()",
                at_6="os.kill(os.getpid(), 9)",
                at_8="os.execv('/bin/false', ['false'])",
                at_11="os.kill(os.getpid(), signal.SIGTERM)",
            )
        )

        self.assert_only_these_fail(outcome, dict.fromkeys([0, 2, 3, 4, 6, 8, 11], "SCRIPT_CRASHED"))
        messages = [outcome.results[at].error["message"] for at in (0, 2, 3, 4, 6, 8)]
        for text, message in zip(
            ["code 0", "code 3", "code 137", "signal 6", "signal 9", "code 1"], messages, strict=True
        ):
            self.assertIn(text, message)

    def test_values_of_stages_before_the_death_are_kept(self) -> None:
        first = script("""
            def transform(record):
                record['first'] = 'é' * 3
                return record
        """)
        self.engine.load(first, first.replace("first", "second"), DEATHS)

        outcome = self.engine.run(records(3, at_1="os._exit(1)"))

        self.assertEqual(
            [set(value) for value in outcome.results[1].values],
            [{"n", "how", "first"}, {"n", "how", "first", "second"}],
        )
        self.assertEqual(outcome.results[1].error["step"], "step_2")

    def test_with_trace_final_the_last_value_before_the_death_is_kept(self) -> None:
        self.engine.load("def transform(record):\n    return record | {'first': 1}\n", DEATHS, trace="final")

        outcome = self.engine.run(records(2, at_1="os._exit(1)"))

        self.assertEqual(
            [result.values for result in outcome.results],
            [[{"n": 0, "first": 1}], [{"n": 1, "how": "os._exit(1)", "first": 1}]],
        )

    def test_results_before_a_death_are_not_computed_again(self) -> None:
        self.engine.load(
            script("""
            import os
            def transform(record):
                if record['n'] == 5000:
                    os._exit(1)
                return {'process': os.getpid()}
        """)
        )

        outcome = self.engine.run([{"n": n} for n in range(5002)])

        before = {result.final["process"] for result in outcome.results[:5000]}
        self.assertEqual(len(before), 1)
        self.assertNotIn(outcome.results[5001].final["process"], before)

    def test_a_loop_is_stopped_at_its_time_and_costs_only_its_record(self) -> None:
        ways = ["while True: pass", "time.sleep(1e9)", "__import__('re').match('(a+)+$', 'a' * 40 + 'b')"]
        ignoring = "[signal.signal(s, signal.SIG_IGN) for s in (15, 14, 24, 2)]\nwhile True: pass"
        given = [{"n": n, "how": way} for n, way in enumerate([*ways, ignoring])] + records(3)

        outcome = self.run_deaths(given, recordTimeoutSeconds=0.3)

        self.assert_only_these_fail(outcome, dict.fromkeys(range(4), "TIMEOUT"))
        self.assertEqual(outcome.results[0].error["message"], "the record took longer than 0.3 s")
        self.assertLess(outcome.seconds, 4 * 0.3 + 2)

    def test_the_time_of_a_record_is_its_own(self) -> None:
        outcome = self.run_deaths([{"n": n, "how": "time.sleep(0.05)"} for n in range(12)], recordTimeoutSeconds=0.4)

        self.assert_only_these_fail(outcome, {})

    def test_a_death_between_records_blames_nobody_at_first(self) -> None:
        """A thread kills the process while it waits for input, when no record is in flight."""
        self.engine.load(
            script("""
            import os, threading, time
            def die():
                time.sleep(0.3)
                os._exit(9)
            def transform(record):
                if record['n'] == 0 and not os.path.exists(record['mark']):
                    open(record['mark'], 'w').close()
                    threading.Thread(target=die).start()
                return record
        """)
        )
        with tempfile.TemporaryDirectory() as folder:
            lines = [f'{{"n":{n},"mark":"{folder}/mark"}}'.encode() for n in range(4)]
            Path(folder).chmod(0o777)
            inputs = self.engine.begin(lines, 0, len(lines[0]) + 1)
            time.sleep(0.8)
            outcome = self.engine.finish(inputs, len(lines))

        self.assert_only_these_fail(outcome, {})
        self.assertEqual(outcome.done["crashes"], 1)


if __name__ == "__main__":
    unittest.main()
