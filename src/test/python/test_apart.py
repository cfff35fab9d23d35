"""Nothing that a batch does, or that an import has started, reaches the next batch."""

import tempfile
import time
import unittest
from pathlib import Path

from engine_service import EngineService, script
from process_table import descendants

READS_STATE = """
def transform(record):
    if record.get("do"):
        exec(record["do"], globals())
    return {"state": len(state), "loader": os.getppid()}
"""


class Apart(unittest.TestCase):
    def setUp(self) -> None:
        self.engine = EngineService()
        self.addCleanup(self.engine.close)

    def test_a_thread_of_an_import_ends_with_the_import(self) -> None:
        self.engine.load(
            script("""
                import os, threading, time
                state = []
                def tick():
                    while True:
                        time.sleep(0.002)
                        state.append(1)
                threading.Thread(target=tick, daemon=True).start()
            """)
            + READS_STATE
        )

        states = []
        for _ in range(2):
            states.append(self.engine.run([{}]).finals[0]["state"])
            time.sleep(0.5)

        self.assertEqual(states[0], states[1])

    def test_a_process_of_an_import_ends_with_the_import(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            told = Path(folder, "process")
            self.engine.load(
                script(f"""
                    import os, time
                    state = []
                    if not os.fork():
                        time.sleep(600)
                        os._exit(0)
                    open({str(told)!r}, 'w').close()
                """)
                + READS_STATE
            )

            self.assertTrue(told.exists())
            # The loader and the process that waits for a batch, if it has been made yet.
            self.assertEqual(self.engine.run([{}]).statuses, ["SUCCEEDED"])
            self.assertLessEqual(len(descendants(self.engine.process.pid)), 2)

    def test_shared_memory_of_an_import_stays_and_nothing_is_said_of_its_tracker(self) -> None:
        self.engine.load(
            script("""
                from multiprocessing import shared_memory
                block = shared_memory.SharedMemory(create=True, size=8)
                block.buf[0] = 7
                def transform(record):
                    own = shared_memory.SharedMemory(create=True, size=8)
                    own.close()
                    own.unlink()
                    if record.get("last"):
                        block.unlink()
                    return {"kept": block.buf[0]}
            """)
        )

        outcomes = [self.engine.run([{}]), self.engine.run([{"last": True}])]

        self.assertEqual([outcome.finals for outcome in outcomes], [[{"kept": 7}]] * 2)
        for outcome in outcomes:
            self.assertNotIn("resource_tracker", str(outcome.log))

    def test_a_timer_of_an_import_ends_with_the_import(self) -> None:
        self.engine.load(
            script("""
                import os, signal
                state = []
                signal.signal(signal.SIGALRM, lambda *_: state.append(1))
                signal.setitimer(signal.ITIMER_REAL, 0.005, 0.005)
            """)
            + READS_STATE
        )

        states = []
        for _ in range(2):
            states.append(self.engine.run([{}]).finals[0]["state"])
            time.sleep(0.5)

        self.assertEqual(states[0], states[1])

    def test_a_handler_that_an_import_has_set_does_not_run_in_the_loader(self) -> None:
        self.engine.load(
            script("""
                import os, signal, time
                state = []
                signal.signal(signal.SIGUSR1, lambda *_: state.append(1))
            """)
            + READS_STATE
        )

        send = "os.kill(os.getppid(), signal.SIGUSR1); time.sleep(0.2)"

        self.assertEqual([self.engine.run([{"do": send}]).finals[0]["state"] for _ in range(3)], [0, 0, 0])

    def test_a_handler_that_an_import_has_set_runs_in_a_batch(self) -> None:
        self.engine.load(
            script("""
                import os, signal, time
                state = []
                signal.signal(signal.SIGUSR1, lambda *_: state.append(1))
            """)
            + READS_STATE
        )

        send = "os.kill(os.getpid(), signal.SIGUSR1); time.sleep(0.01)"

        self.assertEqual(self.engine.run([{"do": send}]).finals[0]["state"], 1)

    def test_a_loader_that_gets_company_at_every_fork_is_replaced(self) -> None:
        self.engine.load(
            script("""
                import os, threading, time
                state = []
                def company():
                    threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
                os.register_at_fork(after_in_parent=company)
            """)
            + READS_STATE
        )

        loaders = [self.engine.run([{}]).finals[0]["loader"] for _ in range(3)]

        self.assertEqual(len(set(loaders)), 3)

    def test_a_loader_without_company_stays(self) -> None:
        self.engine.load("import os, subprocess\nstate = []\nsubprocess.run(['true'])\n" + READS_STATE)

        loaders = [self.engine.run([{}]).finals[0]["loader"] for _ in range(3)]

        self.assertEqual(len(set(loaders)), 1)

    def test_a_forged_trace_is_believed_only_where_the_script_has_such_a_line(self) -> None:
        forge = script("""
            import gc, os, signal
            def transform(record):
                gc.unfreeze()
                process = next(o for o in gc.get_objects() if type(o).__name__ == 'BatchProcess')
                name = transform.__code__.co_filename
                text = f'(most recent call first):\\n  File "{name}", line {record["line"]} in transform\\n'
                pipes = {process.orders, process.room, process.notices}
                for descriptor in set(range(3, 64)) - pipes:
                    try: os.write(descriptor, text.encode())
                    except OSError: pass
                os.kill(os.getpid(), signal.SIGKILL)
        """)
        self.engine.load(forge)

        outcome = self.engine.run([{"line": line} for line in ("2", "999", "99999999999", "9" * 5000, "٣")])

        self.assertEqual([result.error["line"] for result in outcome.results], [2, None, None, None, None])
        self.assertEqual({result.error["type"] for result in outcome.results}, {"SCRIPT_CRASHED"})


if __name__ == "__main__":
    unittest.main()
