"""Packages in a real sandbox: a folder that is mounted, native modules, memory and processes."""

import subprocess
import tempfile
import unittest
from pathlib import Path

from engine_service import BatchOutcome
from package_folder import write_modules
from sandboxed_engine import IMAGE, SandboxedEngine

NAME = "5f" * 32
ENVIRONMENT = {"path": f"/environments/{NAME}"}
THREAD = """
import threading, time
threading.Thread(target=time.sleep, args=(600,), name="ticker", daemon=True).start()
"""
PLAY = """
import os, signal, subprocess, time
def transform(record):
    exec(record["do"], globals() | {"record": record})
    return record
"""


class Environments(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory(prefix="environments")
        self.addCleanup(folder.cleanup)
        # Names of environments are secret, so their folder may be entered but not listed.
        Path(folder.name).chmod(0o711)
        self.packages = Path(folder.name, NAME)
        self.packages.mkdir()
        self.engine = SandboxedEngine(environments=Path(folder.name))
        self.addCleanup(self.engine.close)

    def load(self, source: str, **modules: str) -> None:
        write_modules(self.packages, **modules)
        self.engine.load(source, environment=ENVIRONMENT, recordTimeoutSeconds=20)

    def play(self, *actions: str) -> BatchOutcome:
        return self.engine.run([{"do": action} for action in actions])

    def test_packages_can_be_used_but_neither_listed_nor_changed(self) -> None:
        self.load(PLAY, plain="VALUE = 7\n")

        outcome = self.play(
            "import plain; record['value'] = plain.VALUE",
            "os.listdir('/environments')",
            f"open('/environments/{NAME}/plain.py', 'w')",
            f"os.mkdir('/environments/{NAME}/more')",
        )

        self.assertEqual(outcome.results[0].final["value"], 7)
        self.assertEqual(
            [result.error["type"] for result in outcome.results[1:]], ["PermissionError", "OSError", "OSError"]
        )

    def test_native_modules_work_beside_those_of_the_engine(self) -> None:
        read = "import rapidjson, sys; sys.stdout.buffer.write(open(rapidjson.__file__, 'rb').read())"
        native = subprocess.run(
            ["docker", "run", "--rm", "--network", "none", IMAGE, "python3", "-c", read],
            capture_output=True,
            check=True,
        )
        (self.packages / "rapidjson.so").write_bytes(native.stdout)
        self.load("import rapidjson\n" + PLAY)

        outcome = self.play("record['of'] = rapidjson.__file__; record['text'] = rapidjson.dumps({'é': [1.5]})")

        self.assertEqual(outcome.results[0].final["of"], f"/environments/{NAME}/rapidjson.so")
        self.assertEqual(outcome.results[0].final["text"], '{"\\u00E9":[1.5]}')
        self.assertTrue(self.engine.hello["json"].startswith("rapidjson"))

    def test_lazy_imports_are_learned(self) -> None:
        self.load(PLAY, lazy="print('imported')\n")

        logs = [self.play("import lazy").log for _ in range(4)]

        self.assertEqual(logs, ["#0 imported\n", "", "", ""])

    def test_a_batch_that_starts_anew_is_as_clean_and_as_well_guarded_as_a_fork(self) -> None:
        self.load("import ticking\n" + PLAY, ticking=THREAD + "print('imported')\n")

        outcome = self.play(
            "subprocess.Popen(['sleep', '600']); open('/tmp/left', 'w')",
            "hoard = []\nwhile True: hoard.append(bytearray(1 << 20))",
            "os.kill(os.getpid(), 9)",
            "record['left'] = os.listdir('/tmp'); record['processes'] = sum(map(str.isdecimal, os.listdir('/proc')))",
        )
        after = self.play("pass")

        self.assertEqual(outcome.statuses, ["SUCCEEDED", "FAILED", "FAILED", "SUCCEEDED"])
        self.assertEqual(outcome.results[1].error["type"], "OOM_KILLED")
        self.assertRegex(
            outcome.results[1].error["message"], "importing the scripts and their packages takes [0-9]+ MB"
        )
        self.assertEqual(outcome.results[2].error["type"], "SCRIPT_CRASHED")
        # The supervisor and the process of the batch.
        self.assertEqual([outcome.results[3].final[name] for name in ("left", "processes")], [[], 2])
        self.assertEqual((after.statuses, after.log), (["SUCCEEDED"], "imported\n"))


if __name__ == "__main__":
    unittest.main()
