"""What a batch or an engine goes through without harm to the records and batches after it."""

import time
import unittest

from deadly_scripts import DEATHS, DeathTest, records
from engine_service import script
from process_table import is_alive, peak_memory


class Recovery(DeathTest):
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
