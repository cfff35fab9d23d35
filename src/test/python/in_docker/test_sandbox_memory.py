"""What only a real sandbox shows of memory."""

import unittest

from sandbox_case import SandboxCase


class SandboxMemory(SandboxCase):
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


if __name__ == "__main__":
    unittest.main()
