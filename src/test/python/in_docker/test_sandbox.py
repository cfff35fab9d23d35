"""What only a real sandbox shows of processes, PID 1 and descriptors."""

import time
import unittest

from sandbox_case import SandboxCase

from engine_service import EngineGone, script
from outbound_service import OutboundService
from sandboxed_engine import SandboxedEngine

FLOOD = """
import errno, os, socket

held = []
descriptor = os.open("/dev/null", os.O_RDONLY)
while True:
    held.append(socket.socketpair())
    try:
        socket.send_fds(held[-1][0], [b"x"], [descriptor] * 100)
    except OSError as problem:
        if problem.errno != errno.ETOOMANYREFS:
            raise
        break

def transform(record):
    return record
"""


class Sandbox(SandboxCase):
    def test_a_fork_bomb_ends_with_its_record(self) -> None:
        bomb = "while True:\n    try: os.fork()\n    except OSError: pass"
        outcome = self.play("pass", bomb, "pass", recordTimeoutSeconds=2)

        self.assertEqual(outcome.statuses[0::2], ["SUCCEEDED"] * 2)
        self.assertEqual(self.errors(outcome), {1: "TIMEOUT"})
        self.assertLess(len(self.engine.processes()), 6)
        self.assertEqual(self.engine.run([{"do": "pass"}] * 3).statuses, ["SUCCEEDED"] * 3)

    def test_a_fork_bomb_that_leaves_its_record_behind_ends_with_the_batch(self) -> None:
        bomb = script("""
            if not os.fork():
                os.setsid()
                while True:
                    try:
                        if os.fork(): os._exit(0)
                    except OSError: pass
        """)
        outcome = self.play("pass", bomb, recordTimeoutSeconds=5)

        self.assertEqual(len(outcome.results), 2)
        self.assertEqual(self.engine.run([{"do": "pass"}] * 3).statuses, ["SUCCEEDED"] * 3)
        self.assertLess(len(self.engine.processes()), 6)

    def test_too_many_threads_are_an_error_of_the_record(self) -> None:
        outcome = self.play(
            "for _ in range(10_000): threading.Thread(target=time.sleep, args=(30,), daemon=True).start()", "pass"
        )

        self.assertEqual(
            self.errors(outcome),
            {0: "RuntimeError", 1: "RuntimeError"} if 1 in self.errors(outcome) else {0: "RuntimeError"},
        )

    def test_more_records_in_flight_than_the_sandbox_has_threads(self) -> None:
        for kind in ("def", "async def"):
            with self.subTest(kind=kind), SandboxedEngine() as engine:
                engine.load(
                    script("""
                        import time
                        def transform(record):
                            time.sleep(0.01)
                            return record
                    """),
                    f"{kind} transform(record):\n    return record\n",
                    recordConcurrency=200,
                )
                given = [{"n": n} for n in range(500)]
                self.assertEqual(engine.run(given).finals, given)

    def test_descriptors_used_up_are_an_error_of_the_record(self) -> None:
        outcome = self.play("[open('/dev/null') for _ in range(100_000)]", "pass")

        self.assertEqual(self.errors(outcome), {0: "OSError"})

    def test_dead_children_of_scripts_do_not_pile_up(self) -> None:
        orphan = script("""
            for _ in range(200):
                child = os.fork()
                if not child:
                    if os.fork(): os._exit(0)
                    os._exit(0)
                os.waitpid(child, 0)
                time.sleep(0.002)
        """)

        self.assertEqual(self.errors(self.play(orphan)), {})

    def test_killing_everything_in_reach_costs_the_batch_a_record_at_most(self) -> None:
        outcome = self.play("pass", "os.kill(1, 9)", "os.kill(1, 2)", "os.kill(-1, 9)", "pass")

        self.assertEqual(set(self.errors(outcome).values()) - {"SCRIPT_CRASHED"}, set())
        self.assertNotIn(1, self.errors(outcome))
        self.assertEqual(self.engine.run([{"do": "pass"}]).statuses, ["SUCCEEDED"])

    def test_nobody_in_a_sandbox_can_keep_the_relay_from_its_work(self) -> None:
        service = OutboundService(self.engine.folder)
        self.addCleanup(service.close)
        call = "import urllib.request; record['answer'] = urllib.request.urlopen('http://127.0.0.1:11411/now').status"
        others = "[int(name) for name in os.listdir('/proc') if name.isdecimal() and int(name) not in (1, os.getpid())]"
        outcome = self.play(
            call,
            f"for other in {others}:\n    try: os.kill(other, signal.SIGSTOP)\n    except PermissionError: pass",
            "os.kill(-1, 9)",
            f"for other in {others}:\n    try: os.kill(other, 9)\n    except PermissionError: pass",
            outbound={"port": 11411, "environment": {}},
            recordTimeoutSeconds=5,
        )
        self.assertEqual(outcome.statuses[0], "SUCCEEDED")

        self.assertEqual(self.engine.run([{"do": call}]).finals[0]["answer"], 200)
        self.assertEqual([call.record for call in service.calls], [0, 0])

    def test_the_memory_of_the_relay_is_out_of_reach(self) -> None:
        service = OutboundService(self.engine.folder)
        self.addCleanup(service.close)
        spoil = script("""
            import re
            found = 0
            for line in open('/proc/self/maps'):
                if 'waiting-times' in line:
                    found += 1
                    start, end = (int(text, 16) for text in line.split()[0].split('-'))
                    if ctypes.CDLL(None).mprotect(ctypes.c_void_p(start), end - start, 3) == 0:
                        raise AssertionError('writable')
            record['found'] = found
        """)
        names = (
            "[name for name in os.listdir('/proc') if name.isdecimal() and not os.access(f'/proc/{name}/mem', os.R_OK)]"
        )
        outcome = self.play(spoil, f"record['closed'] = len({names})", outbound={"port": 11411, "environment": {}})

        self.assertEqual(outcome.finals[0]["found"], 1)
        # The supervisor, the relay and the loader.
        self.assertEqual(outcome.finals[1]["closed"], 3)

    def test_multiprocessing_and_temporary_files_work(self) -> None:
        answers = self.answers(
            "sum(multiprocessing.get_context('fork').Pool(2).map(abs, [-1, -2, -3]))",
            "tempfile.NamedTemporaryFile().write(b'xyz')",
            "len(multiprocessing.Array('i', 5))",
        )

        self.assertEqual(answers, [6, 3, 5])

    # Descriptors in flight, which the kernel counts for all processes of a user

    def test_descriptors_in_flight_do_not_keep_the_supervisor_from_starting_a_batch(self) -> None:
        self.engine.load(FLOOD)

        for _ in range(2):
            self.assertEqual(self.engine.run([{}]).statuses, ["SUCCEEDED"])

    def test_a_supervisor_that_can_start_nothing_ends_at_once(self) -> None:
        with SandboxedEngine(open_files=256) as engine:
            engine.load(FLOOD)
            began = time.monotonic()

            with self.assertRaises(EngineGone):
                engine.run([{}])

            self.assertLess(time.monotonic() - began, 20)


if __name__ == "__main__":
    unittest.main()
