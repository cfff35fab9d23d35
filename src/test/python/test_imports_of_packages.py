"""Packages are imported once where that can be done, and by every batch itself where it cannot."""

import unittest
from pathlib import Path

from calls_case import URLLIB, CallsCase
from packages_case import KEEP, STATE, PackagesCase

from engine_service import EngineService, script
from package_folder import package_folder
from process_table import descendants

THREAD = """
    import threading, time
    threading.Thread(target=time.sleep, args=(600,), name="ticker", daemon=True).start()
"""


class ImportedOnce(PackagesCase):
    def test_an_import_on_top_happens_once_for_all_batches(self) -> None:
        folder = package_folder(self, plain=self.imports.source)
        self.load(folder, "import plain\n" + STATE)

        found = self.finals(5, records=2)

        self.assertEqual(self.imports.count, 1)
        self.assertEqual([final["state"] for final in found], [1] * 5)
        self.assertEqual(len({final["parent"] for final in found}), 1)


class ThreadsLeft(PackagesCase):
    def setUp(self) -> None:
        super().setUp()
        self.folder = package_folder(self, ticking=self.imports.source + script(THREAD), plain="")

    def test_every_batch_imports_anew_what_leaves_threads(self) -> None:
        self.load(self.folder, "import plain, ticking, threading\n" + STATE)

        outcomes = [self.engine.run([{"do": "record['threads'] = threading.active_count()"}] * 2) for _ in range(3)]

        self.assertEqual(len({outcome.finals[0]["process"] for outcome in outcomes}), 3)
        # The loader of the next batch may have begun.
        self.assertIn(self.imports.count, (3, 4))
        for outcome in outcomes:
            self.assertEqual([(final["state"], final["threads"]) for final in outcome.finals], [(1, 2), (2, 2)])

    def test_the_log_says_once_which_import_has_left_which_threads(self) -> None:
        self.load(self.folder, "import plain, ticking\n" + KEEP)

        logs = [self.engine.run([{}]).log for _ in range(2)]

        self.assertRegex(
            logs[0],
            r"^engine: 1 thread is left when the scripts are imported \(ticker\), started by `import ticking`\. A fork "
            r"of a process with threads may hang, so every batch imports the scripts anew, which takes [0-9.]+ s\n$",
        )
        self.assertEqual(logs[1], "")
        self.assertNotIn("plain", logs[0])

    def test_the_package_is_named_that_a_person_would_import(self) -> None:
        folder = package_folder(self, one__inner=script(THREAD), shared__two__inner=script(THREAD))
        Path(folder, "one", "__init__.py").write_text("from one import inner\n")
        Path(folder, "shared", "__init__.py").unlink()
        self.load(folder, "import one\nfrom shared.two import inner\n" + KEEP)

        self.assertIn(
            "2 threads are left when the scripts are imported (ticker, ticker), started by `import one`, "
            "`import shared.two`. ",
            self.engine.run([{}]).log,
        )

    def test_threads_that_no_python_has_started_count_too(self) -> None:
        native = script("""
            import ctypes, signal
            libc = ctypes.CDLL(None)
            before = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
            thread = ctypes.c_ulong()
            sleep = ctypes.cast(libc.sleep, ctypes.c_void_p)
            libc.pthread_create(ctypes.byref(thread), None, sleep, ctypes.c_void_p(600))
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        """)
        self.load(package_folder(self, native=native), "import native\n" + STATE)

        outcomes = [self.engine.run([{}]) for _ in range(2)]

        self.assertIn("started by `import native`", outcomes[0].log)
        self.assertEqual(len({outcome.finals[0]["process"] for outcome in outcomes}), 2)

    def test_a_thread_that_ends_with_its_import_does_not_count(self) -> None:
        pool = script("""
            from concurrent.futures import ThreadPoolExecutor
            with ThreadPoolExecutor(4) as pool:
                sizes = list(pool.map(len, ["a", "ab"]))
        """)
        self.load(package_folder(self, pool=self.imports.source + pool), "import pool\n" + STATE)

        self.finals(3)

        self.assertEqual(self.imports.count, 1)

    def test_setup_runs_for_every_batch_and_may_fail(self) -> None:
        setup = script("""
            import ticking, threading
            ready = []
            def setup():
                ready.append(threading.active_count())
            def transform(record):
                return {"ready": ready}
        """)
        self.load(self.folder, setup)
        self.assertEqual(self.finals(2), [{"ready": [2]}] * 2)

        with EngineService() as engine:
            failing = "import ticking\ndef setup():\n    raise ValueError('no table')\n" + KEEP
            error = engine.refusal(failing, environment={"path": self.folder})
            self.assertEqual((error["type"], error["message"]), ("SCRIPT_LOAD", "ValueError: no table"))

    def test_a_crash_costs_only_the_record_that_caused_it(self) -> None:
        self.load(self.folder, "import ticking, signal, time\n" + STATE, recordTimeoutSeconds=1)
        crashes = ["os._exit(3)", "os.kill(os.getpid(), signal.SIGSEGV)", "while True: pass", "time.sleep(600)"]

        outcome = self.engine.run([record for crash in crashes for record in ({}, {"do": crash})] + [{}])

        errors = [outcome.results[position].error for position in (1, 3, 5, 7)]
        self.assertEqual(outcome.statuses[::2], ["SUCCEEDED"] * 5)
        self.assertEqual([error["type"] for error in errors], ["SCRIPT_CRASHED"] * 2 + ["TIMEOUT"] * 2)
        self.assertIn("exit code 3 while this record was in flight", errors[0]["message"])
        self.assertIn("signal 11 (SIGSEGV)", errors[1]["message"])
        self.assertEqual([error["line"] for error in errors[2:]], [8, 8])
        self.assertEqual(outcome.done["crashes"], 4)

    def test_several_records_in_flight_and_coroutines_work(self) -> None:
        for kind in ("def", "async def"):
            source = f"import ticking, os\n{kind} transform(record):\n    return record | {{'process': os.getpid()}}\n"
            with self.subTest(kind), EngineService() as engine:
                engine.load(source, environment={"path": self.folder}, recordConcurrency=8)
                outcomes = [engine.run([{"n": n} for n in range(50)]) for _ in range(2)]
                self.assertEqual([final["n"] for final in outcomes[1].finals], list(range(50)))
                self.assertEqual(len({final["process"] for outcome in outcomes for final in outcome.finals}), 2)

    def test_an_import_that_fails_later_fails_its_batch_with_the_reason(self) -> None:
        once = script(f"""
            import ticking
            def imports():
                return len(open({self.imports.path!r}).read())
            if imports() > 1:
                raise ValueError('second time')
        """)
        self.load(self.folder, once + KEEP)

        outcomes = [self.engine.run([{}] * 2) for _ in range(2)]

        self.assertEqual(outcomes[0].statuses, ["SUCCEEDED"] * 2)
        self.assertEqual([result.error["message"] for result in outcomes[1].results], ["ValueError: second time"] * 2)

    def test_nothing_of_a_batch_is_left_when_it_is_done(self) -> None:
        self.load(self.folder, "import ticking, subprocess\n" + STATE)

        self.engine.run([{"do": "subprocess.Popen(['sleep', '600'])"}])
        self.engine.run([{}])

        # The loader of the next batch, if it has been made yet.
        self.assertLessEqual(len(descendants(self.engine.process.pid)), 1)


class CallsOfBatchesThatStartAnew(CallsCase):
    def test_calls_belong_to_their_records(self) -> None:
        folder = package_folder(self, ticking=script(THREAD))
        self.load("import ticking\n" + URLLIB, environment={"path": folder})

        for base in (0, 100):
            self.engine.run([{"n": n} for n in range(3)], base=base)

        self.assertEqual(self.origins(), [(base + n, 0, n) for base in (0, 100) for n in range(3)])


if __name__ == "__main__":
    unittest.main()
