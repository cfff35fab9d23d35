"""What only a real sandbox shows: memory, numbers of processes, PID 1, files, and what a script can see and reach."""

import time
import unittest

from engine_service import EngineGone, script
from outbound_service import OutboundService
from sandboxed_engine import SandboxedEngine

PLAY = """
import ctypes, errno, gc, mmap, multiprocessing, os, signal, socket, subprocess, sys, tempfile, threading, time

def transform(record):
    exec(record["do"], globals() | {"record": record})
    return record
"""


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


class Sandbox(unittest.TestCase):
    def setUp(self) -> None:
        self.engine = SandboxedEngine()
        self.addCleanup(self.engine.close)

    def play(self, *actions: str, **settings):
        self.engine.load(PLAY, **({"recordTimeoutSeconds": 20} | settings))
        return self.engine.run([{"do": action} for action in actions])

    def errors(self, outcome) -> dict[int, str]:
        return {result.position: result.error["type"] for result in outcome.results if result.status == "FAILED"}

    def answers(self, *expressions: str) -> list:
        outcome = self.play(*[f"record['answer'] = {expression}" for expression in expressions])
        return [
            result.final["answer"] if result.status == "SUCCEEDED" else result.error["type"]
            for result in outcome.results
        ]

    # Memory

    def test_the_record_that_eats_all_memory_is_found(self) -> None:
        outcome = self.play("pass", "hoard = []\nwhile True: hoard.append(bytearray(1 << 20))", "pass")

        self.assertEqual(self.errors(outcome), {1: "OOM_KILLED"})
        self.assertIn("no memory left", outcome.results[1].error["message"])
        self.assertEqual(outcome.done["crashes"], 1)

    def test_memory_python_cannot_get_is_an_error_of_the_record(self) -> None:
        self.assertEqual(self.errors(self.play("bytearray(1 << 46)", "pass")), {0: "MemoryError"})

    def test_a_subprocess_that_eats_all_memory_is_not_the_death_of_its_record(self) -> None:
        eat = "hoard = []\nwhile True: hoard.append(bytearray(1 << 20))"
        outcome = self.play(f"record['status'] = subprocess.run([sys.executable, '-c', {eat!r}]).returncode", "pass")

        self.assertEqual(self.errors(outcome), {})
        self.assertEqual(outcome.results[0].final["status"], -9)

    def test_a_kill_or_an_exit_137_is_not_taken_for_want_of_memory(self) -> None:
        outcome = self.play("os.kill(os.getpid(), 9)", "os._exit(137)")

        self.assertEqual(self.errors(outcome), {0: "SCRIPT_CRASHED", 1: "SCRIPT_CRASHED"})

    def test_memory_gone_while_loading_refuses_the_pipeline(self) -> None:
        error = self.engine.refusal("hoard = []\nwhile True: hoard.append(bytearray(1 << 20))\n")

        self.assertEqual(error["type"], "SCRIPT_LOAD")
        self.assertIn("no memory left while the script was loaded", error["message"])

    def test_many_large_values_pass_in_little_memory(self) -> None:
        self.engine.load("def transform(record):\n    return record\n")
        large = b'{"a":"' + b"x" * ((16 << 20) - 8) + b'"}'

        self.assertEqual(self.engine.run([large] * 12).statuses, ["SUCCEEDED"] * 12)

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

    # Processes

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

    # Files

    def test_files_left_in_a_batch_are_gone_in_the_next(self) -> None:
        leave = script("""
            os.makedirs('/tmp/a/b/c')
            for path in ('/tmp/left', '/dev/shm/left'):
                open(path, 'w').write('x')
            os.symlink('/etc', '/tmp/link')
        """)
        self.play(leave, "os.chdir('/tmp/a'); os.chmod('/tmp/a/b', 0)")

        found = self.engine.run([{"do": "record['found'] = os.listdir('/tmp') + os.listdir('/dev/shm')"}]).results[0]

        self.assertEqual(found.final["found"], [])

    def test_a_deep_tree_of_folders_is_cleared_too(self) -> None:
        self.play("\nfor _ in range(3000):\n    os.mkdir('d')\n    os.chdir('d')\n")

        self.assertEqual(self.engine.run([{"do": "record['found'] = os.listdir('/tmp')"}]).finals[0]["found"], [])

    def test_files_written_while_loading_stay(self) -> None:
        self.engine.load(
            script("""
            open('/tmp/table', 'w').write('7')
            def transform(record):
                open('/tmp/other', 'w')
                return {'table': open('/tmp/table').read()}
        """)
        )

        self.assertEqual([self.engine.run([{}]).finals[0]["table"] for _ in range(3)], ["7"] * 3)

    def test_full_disks_and_forbidden_places_are_errors_of_the_record(self) -> None:
        outcome = self.play(
            "f = open('/tmp/big', 'wb')\nwhile True: f.write(b'x' * (1 << 20))",
            "[open(f'/tmp/n{n}', 'w') and None for n in range(10**6)]",
            "open('/opt/engine/x', 'w')",
            "open('/etc/passwd', 'a')",
            "open('/proc/sys/kernel/core_pattern', 'w')",
            "open('/proc/1/mem', 'rb')",
            "open('/proc/1/environ', 'rb').read()",
            "os.listdir('/proc/1/fd')",
            "os.truncate('/tmp/sparse', 1 << 40) if open('/tmp/sparse', 'w') else None",
        )

        self.assertEqual(set(self.errors(outcome)), set(range(9)))
        self.assertLessEqual(
            set(self.errors(outcome).values()), {"OSError", "PermissionError", "TIMEOUT", "SCRIPT_CRASHED"}
        )

    # What a script can see and reach

    def test_no_descriptor_leads_out_of_the_batch(self) -> None:
        self.engine.load(
            script("""
            import os
            def transform(record):
                seen = []
                for fd in range(256):
                    try:
                        name = os.readlink(f'/proc/self/fd/{fd}').partition(':')[0]
                    except OSError:
                        continue
                    try:
                        os.pwrite(fd, b'letter', 0)
                    except OSError:
                        name += ' unchanged'
                    seen.append(name)
                return {'seen': seen}
        """)
        )

        seen = set(self.engine.run([{}]).finals[0]["seen"])

        # The last is the program of processes that scripts spawn.
        self.assertLessEqual(seen, {"/dev/null unchanged", "pipe unchanged", "/memfd unchanged"})

    def test_the_socket_of_the_service_cannot_be_opened_again(self) -> None:
        self.assertEqual(
            self.answers("socket.socket(socket.AF_UNIX).connect('/run/pipeline/s.sock')"), ["ConnectionRefusedError"]
        )

    def test_bytes_written_to_every_descriptor_spoil_nothing(self) -> None:
        scribble = script("""
            for fd in range(3, 256):
                try: os.write(fd, b'\\x00\\x00\\x00\\x02D{}' * 10)
                except OSError: pass
        """)
        outcome = self.play("pass", scribble, "pass")

        self.assertEqual(len(outcome.results), 3)
        self.assertEqual(self.engine.run([{"do": "pass"}]).statuses, ["SUCCEEDED"])

    def test_tracing_the_supervisor_is_impossible(self) -> None:
        self.assertEqual(self.answers("ctypes.CDLL(None).ptrace(16, 1, 0, 0)"), [-1])


if __name__ == "__main__":
    unittest.main()
