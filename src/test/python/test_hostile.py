"""Scripts that attack the process they run in: at worst they spoil their own records, never the engine."""

import os
import unittest

from engine_service import EngineService, script

PLAY = """
import asyncio, builtins, ctypes, gc, json, os, signal, socket, sys, threading, time
from pipeline_engine.channels.batch_orders import Notice

def transform(record):
    scope = {"record": record}
    exec(record["do"], globals() | scope, scope)
    return scope.get("result", record)
"""

FIND_PROCESS = "gc.unfreeze(); process = next(o for o in gc.get_objects() if type(o).__name__ == 'BatchProcess')\n"


class Hostile(unittest.TestCase):
    def setUp(self) -> None:
        self.engine = EngineService()
        self.addCleanup(self.engine.close)

    def play(self, *actions: str, **settings):
        self.engine.load(PLAY, **({"recordTimeoutSeconds": 5} | settings))
        return self.engine.run([{"do": action} for action in actions])

    def errors(self, outcome) -> dict[int, str]:
        return {result.position: result.error["type"] for result in outcome.results if result.status == "FAILED"}

    def assert_engine_is_well(self) -> None:
        self.assertEqual(self.engine.run([{"do": "pass"}] * 3).statuses, ["SUCCEEDED"] * 3)

    def test_changes_to_modules_end_with_the_batch(self) -> None:
        for change in (
            "json.dumps = json.loads = None",
            "builtins.isinstance = builtins.len = builtins.print = None",
            "builtins.open = builtins.__import__ = None",
            "sys.stdout = sys.stderr = None",
            "sys.modules.clear()",
            "import pipeline_engine.values.quick_encoder as v; v.encode_value = None; v.encode_thoroughly = None",
            "time.monotonic_ns = lambda: 0",
            "sys.settrace(lambda *_: 1 / 0)",
            "sys.setswitchinterval(1000)",
            "os.write = os.read = os._exit = None",
            "gc.disable(); gc.set_threshold(0)",
            "signal.signal(signal.SIGALRM, lambda *_: os._exit(1)); signal.setitimer(signal.ITIMER_REAL, 0.001)",
            "threading.settrace(lambda *_: 1 / 0)",
            "os.closerange(3, 256)",
            "os.nice(10)",
            "os.chdir('/')",
        ):
            with self.subTest(change), EngineService() as engine:
                engine.load(PLAY, recordTimeoutSeconds=2, maxCrashesPerBatch=3)
                self.assertEqual(len(engine.run([{"do": "pass"}, {"do": change}, {"do": "pass"}]).results), 3)
                self.assertEqual(engine.run([{"do": "pass"}] * 3).statuses, ["SUCCEEDED"] * 3)

    def test_deep_recursion_is_an_error_or_a_crash_of_the_record(self) -> None:
        bounded = script("""
            import resource
            resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
        """)
        outcome = self.play(
            bounded
            + script("""
                sys.setrecursionlimit(10**9)
                def dive(n): return dive(n + 1) + 1
                globals()['dive'] = dive
                dive(0)
            """),
            "pass",
            recordTimeoutSeconds=20,
        )

        self.assertEqual(outcome.statuses[1], "SUCCEEDED")
        self.assertEqual(set(self.errors(outcome)), {0})

    def test_objects_that_pretend_are_not_believed(self) -> None:
        outcome = self.play(
            script("""
                class D(dict):
                    def items(self): raise SystemExit
                result = D(a=1)
            """),
            script("""
                class D(dict):
                    def items(self): return [(1, 2), 3]
                result = D(a=1)
            """),
            script("""
                class L(list):
                    def __iter__(self):
                        while True: yield 1
                result = {'a': L([1])}
            """),
            "class X:\n    __class__ = dict\nresult = X()",
            script("""
                class S(str):
                    def encode(self, *a): raise ValueError
                result = {S('a'): S('b')}
            """),
            script("""
                class F(float):
                    def __repr__(self): return '}{'
                result = {'a': F(1)}
            """),
            script("""
                class I(int):
                    def __repr__(self): return '}{'
                    __str__ = __repr__
                result = {'a': I(1)}
            """),
            script("""
                class T(tuple):
                    def __getattribute__(self, name): raise MemoryError
                result = {'a': T([1])}
            """),
            "result = {'a': property()}",
            "result = {'a': {}}\nfor _ in range(40): result = {'a': result['a'], 'b': [result['a']] * 2}",
        )

        for result in outcome.results:
            with self.subTest(position=result.position):
                if result.status == "FAILED":
                    self.assertIn(result.error["type"], ("RESULT_NOT_JSON", "SystemExit", "MemoryError", "TIMEOUT"))
                else:
                    self.assertIsInstance(result.final, dict)
        self.assertEqual([outcome.results[at].values for at in (4, 5, 6)], [[{"a": "b"}], [{"a": 1.0}], [{"a": 1}]])
        self.assertEqual(outcome.results[3].error["message"], "transform must return a dict, not X")
        self.assert_engine_is_well()

    def test_notices_and_orders_can_be_forged_only_for_the_own_batch(self) -> None:
        outcome = self.play(
            "pass",
            FIND_PROCESS + "process.notify(Notice.SETUP_FAILED)",
            FIND_PROCESS + "process.notify(Notice.RESULTS_FULL * 100)",
            FIND_PROCESS + "process.notify(bytes(range(256)) * 100)",
            "pass",
            maxCrashesPerBatch=10,
        )

        self.assertEqual(len(outcome.results), 5)
        self.assertEqual(outcome.statuses[0], "SUCCEEDED")
        self.assert_engine_is_well()

    def test_an_end_announced_too_early_is_not_believed(self) -> None:
        outcome = self.play("pass", FIND_PROCESS + "process.notify(Notice.JOB_DONE); time.sleep(3)", "pass")

        self.assertEqual(self.errors(outcome), {1: "SCRIPT_CRASHED"})

    def test_results_forged_for_other_records_are_not_believed(self) -> None:
        forge = script("""
            import struct
            gc.unfreeze()
            process = next(o for o in gc.get_objects() if type(o).__name__ == 'BatchProcess')
            record = struct.pack('>IIBB', 6, {position}, 1, 0)
            process.memory.results[0:10] = record
            process.memory.progress[0] = 10
            process.notify(Notice.RESULTS_READY)
            time.sleep(1)
        """)
        for position in (1, 2, 2**31):
            with self.subTest(position=position), EngineService() as engine:
                engine.load(PLAY, recordTimeoutSeconds=5)
                outcome = engine.run([{"do": forge.format(position=position)}, {"do": "pass"}])
                self.assertEqual(
                    (outcome.results[0].error["type"], outcome.statuses[1]), ("SCRIPT_CRASHED", "SUCCEEDED")
                )

    def test_results_forged_behind_good_ones_cost_no_record_before_them(self) -> None:
        forge = script("""
            import struct
            gc.unfreeze()
            process = next(o for o in gc.get_objects() if type(o).__name__ == 'BatchProcess')
            at = process.memory.progress[0]
            process.memory.results[at : at + 10] = struct.pack('>IIBB', 6, 0, 1, 0)
            process.memory.progress[0] = at + 10
            process.notify(Notice.RESULTS_READY)
            time.sleep(1)
        """)
        outcome = self.play("pass", "pass", forge, "pass")

        self.assertEqual(self.errors(outcome), {2: "SCRIPT_CRASHED"})

    def test_more_results_than_records_cost_no_record_before_them(self) -> None:
        forge = script("""
            from pipeline_engine.protocol.result_records import StageValue, result_record
            gc.unfreeze()
            process = next(o for o in gc.get_objects() if type(o).__name__ == 'BatchProcess')
            at = process.memory.progress[0]
            forged = b''
            for position in range(2, 9):
                forged += result_record(position, 1, [StageValue(0, 1, b'{"forged":1}')])
            process.memory.results[at : at + len(forged)] = forged
            process.memory.progress[0] = at + len(forged)
            process.notify(Notice.RESULTS_READY)
            time.sleep(1)
        """)
        outcome = self.play("pass", "pass", forge, "pass")

        self.assertEqual(outcome.statuses, ["SUCCEEDED"] * 4)
        self.assertEqual(outcome.finals[:2], [{"do": "pass"}] * 2)
        self.assert_engine_is_well()

    def test_progress_that_is_nonsense_does_not_confuse_the_watch(self) -> None:
        outcome = self.play(
            script("""
                gc.unfreeze()
                process = next(o for o in gc.get_objects() if type(o).__name__ == 'BatchProcess')
                for word in range(1, 20): process.memory.progress[word] = 2**64 - 1
            """),
            script("""
                gc.unfreeze()
                process = next(o for o in gc.get_objects() if type(o).__name__ == 'BatchProcess')
                for word in range(1, 20): process.memory.progress[word] = 1
                time.sleep(0.3)
            """),
            "pass",
            recordTimeoutSeconds=1,
        )

        self.assertEqual((len(outcome.results), outcome.statuses[2]), (3, "SUCCEEDED"))
        self.assert_engine_is_well()

    def test_signalling_the_own_group_harms_nobody_else(self) -> None:
        outcome = self.play("pass", "os.killpg(0, 9)", "pass")

        self.assertEqual(self.errors(outcome), {1: "SCRIPT_CRASHED"})

    def test_a_loader_that_lies_about_process_ids_kills_nobody(self) -> None:
        source = (
            script("""
                import os, socket, struct
                for fd in range(3, 64):
                    try:
                        channel = socket.socket(fileno=os.dup(fd))
                        channel.send(b'P' + struct.pack('>q', %d))
                        channel.detach()
                    except OSError:
                        pass
                def transform(record):
                    return record
            """)
        ) % os.getpid()
        self.engine.load(source)

        self.assertEqual(self.engine.run([{"do": ""}]).statuses, ["SUCCEEDED"])


if __name__ == "__main__":
    unittest.main()
