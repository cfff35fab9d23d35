"""When a script takes its process down, hangs, or eats all memory: only its own record pays."""

import tempfile
import time
import unittest
from pathlib import Path

from engine_service import EngineService, pipeline_of, script
from process_table import is_alive, peak_memory

# Each way to die is chosen by the record, so that the records around it prove to be unharmed.
DEATHS = """
import ctypes, os, signal, sys, threading, time, resource

def transform(record):
    how = record.get("how")
    if how:
        exec(how, globals())
    return record
"""


def records(count: int, **dying: str) -> list[dict]:
    """`count` records, of which those named like `at_7` die in the given way."""
    return [{"n": n} | ({"how": dying[f"at_{n}"]} if f"at_{n}" in dying else {}) for n in range(count)]


class Deaths(unittest.TestCase):
    def setUp(self) -> None:
        self.engine = EngineService()
        self.addCleanup(self.engine.close)

    def run_deaths(self, given: list[dict], **settings):
        self.engine.load(DEATHS, **settings)
        return self.engine.run(given)

    def assert_only_these_fail(self, outcome, failed: dict[int, str]) -> None:
        found = {result.position: result.error["type"] for result in outcome.results if result.status == "FAILED"}
        self.assertEqual(found, failed)

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

    def test_more_deaths_than_allowed_abort_the_rest(self) -> None:
        given = [{"n": n, "how": "os._exit(1)"} for n in range(4)] + records(6)

        outcome = self.run_deaths(given, maxCrashesPerBatch=2)

        types = [result.error["type"] for result in outcome.results]
        self.assertEqual(types, ["SCRIPT_CRASHED"] * 3 + ["BATCH_ABORTED"] * 7)
        self.assertEqual(outcome.done["crashes"], 3)

    def test_an_aborted_batch_waits_for_the_input_that_was_asked_for(self) -> None:
        self.engine.load(DEATHS, maxCrashesPerBatch=0)
        given = [{"n": n, "how": "os._exit(1)", "pad": "x" * 1000} for n in range(300)]

        outcome = self.engine.run(given, input_bytes=50_000)

        self.assertEqual(
            [result.error["type"] for result in outcome.results], ["SCRIPT_CRASHED"] + ["BATCH_ABORTED"] * 299
        )
        self.assertEqual(self.engine.run([{"n": 1}]).statuses, ["SUCCEEDED"])

    def test_an_aborted_batch_of_very_many_records_does_not_fill_the_engine(self) -> None:
        self.engine.load(DEATHS, maxCrashesPerBatch=0)
        inputs = self.engine.begin([b'{"how":"os._exit(1)"}'] + [b"{}"] * 99_999)
        time.sleep(1)

        memory = peak_memory(self.engine.process.pid)
        outcome = self.engine.finish(inputs, 100_000)

        self.assertEqual(outcome.done["failed"], 100_000)
        self.assertLess(memory, 40 << 20)

    def test_the_next_batch_is_not_counted_together_with_this_one(self) -> None:
        self.engine.load(DEATHS, maxCrashesPerBatch=1)
        for _ in range(4):
            outcome = self.engine.run(records(3, at_1="os._exit(1)"))
            self.assert_only_these_fail(outcome, {1: "SCRIPT_CRASHED"})

    def test_a_killed_loader_is_made_again(self) -> None:
        outcome = self.run_deaths(records(6, at_2="os.kill(os.getppid(), 9); time.sleep(60)"))

        self.assert_only_these_fail(outcome, {2: "SCRIPT_CRASHED"})
        self.assertEqual(self.engine.run(records(2)).statuses, ["SUCCEEDED"] * 2)

    def test_a_stopped_loader_is_made_again(self) -> None:
        stop = "os.kill(os.getppid(), signal.SIGSTOP)"

        outcome = self.run_deaths(records(4, at_1=stop), recordTimeoutSeconds=2)

        self.assert_only_these_fail(outcome, {})
        self.assertEqual(self.engine.run(records(2)).statuses, ["SUCCEEDED"] * 2)

    def test_a_death_behind_the_back_of_a_stopped_loader_is_noticed(self) -> None:
        stop = "os.kill(os.getppid(), signal.SIGSTOP); os._exit(1)"

        outcome = self.run_deaths(records(4, at_1=stop), recordTimeoutSeconds=1)

        self.assert_only_these_fail(outcome, {1: "TIMEOUT"})

    def test_an_engine_cannot_be_stopped_by_signals_it_handles(self) -> None:
        how = script("""
            loader = os.getppid()
            supervisor = int(open(f'/proc/{loader}/stat').read().rpartition(')')[2].split()[1])
            [os.kill(supervisor, s) for s in (2, 17)]
        """)

        self.assert_only_these_fail(self.run_deaths(records(3, at_1=how)), {})

    def test_a_thread_left_behind_does_not_hold_up_the_end(self) -> None:
        outcome = self.run_deaths(records(2, at_0="threading.Thread(target=time.sleep, args=(60,)).start()"))

        self.assert_only_these_fail(outcome, {})
        self.assertLess(outcome.seconds, 5)

    def test_daemons_are_gone_at_the_end_of_the_batch(self) -> None:
        daemon = "import subprocess\nrecord['pid'] = subprocess.Popen(['/bin/sleep', '61'], start_new_session=True).pid"
        double = script("""
            reader, writer = os.pipe()
            if not os.fork():
                os.setsid()
                child = os.fork()
                if not child: time.sleep(62)
                os.write(writer, str(child).encode())
                os._exit(0)
            record['pid'] = int(os.read(reader, 9))
        """)
        self.engine.load(DEATHS.replace("globals()", "globals() | {'record': record}"))

        outcome = self.engine.run(records(2, at_0=daemon, at_1=double))

        self.assertEqual(outcome.statuses, ["SUCCEEDED"] * 2)
        for result in outcome.results:
            self.assertFalse(is_alive(result.final["pid"]))

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

    def test_garbage_in_the_engines_memory_costs_only_the_batch(self) -> None:
        spoil = script("""
            import gc, mmap
            areas = sorted((o for o in gc.get_objects() if isinstance(o, mmap.mmap)), key=len)
                        gc.unfreeze()
            process = next(o for o in gc.get_objects() if type(o).__name__ == 'BatchProcess')
            process.memory.results[0:4096] = b'\\xff' * 4096
            process.memory.progress[0] = 2 ** 63
        """)

        outcome = self.run_deaths(records(5, at_2=spoil))

        self.assertEqual(len(outcome.results), 5)
        self.assertEqual(self.engine.run(records(3)).statuses, ["SUCCEEDED"] * 3)


if __name__ == "__main__":
    unittest.main()
