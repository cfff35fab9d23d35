"""What only a real sandbox shows of files, and of what a script can see and reach."""

import unittest

from sandbox_case import SandboxCase

from engine_service import script


class SandboxFiles(SandboxCase):
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
