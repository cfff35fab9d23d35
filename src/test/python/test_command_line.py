"""The engine without the service: a pipeline and its records from files, results on standard output."""

import json
import os
import subprocess
import sys
import tempfile
import unittest
import venv
from pathlib import Path

from pipeline_engine.local.files import InvalidFile, read_records

from engine_service import BYTE_CODE, ENGINE, script

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ENGINE), "PYTHONPYCACHEPREFIX": BYTE_CODE}
KEEP = "def transform(record):\n    return record\n"
CHECK = script("""
    def transform(record):
        print('seen', record['n'])
        if record['n'] == 2:
            raise SkipRecord('two')
        record['double'] = record['n'] * 2
        return record
""")


class CommandLine(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def write(self, name: str, content: str) -> str:
        path = self.folder / name
        path.write_text(content, encoding="utf-8")
        return str(path)

    def run_pipeline(
        self, pipeline: dict | str, data: str, *options: str, python: str = sys.executable
    ) -> subprocess.CompletedProcess:
        definition = self.write("pipeline.json", pipeline if isinstance(pipeline, str) else json.dumps(pipeline))
        command = [python, "-m", "pipeline_engine", *options, definition, self.write("data.json", data)]
        return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=ENVIRONMENT, timeout=60)

    def test_states_of_all_records_are_printed_as_the_service_would_give_them(self) -> None:
        self.write("main.py", CHECK)
        pipeline = {
            "name": "p",
            "steps": [{"name": "s", "pre": {"name": "pre.py", "source": KEEP}, "main": {"name": "main.py"}}],
        }

        done = self.run_pipeline(pipeline, '[{"n": 1, "x": 1.10},\n {"n": 2}, {"m": 3}]')

        states = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual(
            states[0],
            {"raw": {"n": 1, "x": 1.1}, "pre_s": {"n": 1, "x": 1.1}, "main_s": {"n": 1, "x": 1.1, "double": 2}},
        )
        self.assertEqual(states[1], {"raw": {"n": 2}, "pre_s": {"n": 2}, "skipped": "two"})
        self.assertEqual(
            (states[2]["error"]["type"], states[2]["error"]["line"], list(states[2])),
            ("KeyError", 2, ["raw", "pre_s", "error"]),
        )
        self.assertIn('"x":1.10', done.stdout)
        self.assertIn("#0 seen 1\n", done.stderr)
        self.assertIn("record 2 failed in s/main: KeyError: 'n'\n    Traceback (most recent call last):\n", done.stderr)
        self.assertTrue(done.stderr.endswith("3 records: 1 succeeded, 1 failed, 1 skipped\n"))
        self.assertEqual(done.returncode, 1)

    def test_the_form_of_the_seed_and_ndjson_work(self) -> None:
        self.write("main.py", CHECK)
        pipeline = {"steps": [{"name": "s", "main_script": "main.py", "pre_script": None}]}

        done = self.run_pipeline(
            pipeline, '{"n": 5}\n\n{"n": 6}\n', "--final", "--batch-size", "1", "--concurrency", "2", "--timeout", "5"
        )

        self.assertEqual(done.stdout, '{"n":5,"double":10}\n{"n":6,"double":12}\n')
        self.assertEqual(done.returncode, 0)

    def test_every_example_gives_what_it_says(self) -> None:
        examples = sorted((ENGINE.parent.parent.parent / "examples").glob("*/expected.json"))
        self.assertGreaterEqual(len(examples), 2)
        for expected_file in examples:
            with self.subTest(expected_file.parent.name):
                expected = json.loads(expected_file.read_text())
                data = next(expected_file.parent.glob("dataset.*"))
                command = [
                    sys.executable,
                    "-m",
                    "pipeline_engine",
                    str(expected_file.parent / "pipeline.json"),
                    str(data),
                ]
                settings = ENVIRONMENT | self.model_of(expected_file.parent)
                done = subprocess.run(command, capture_output=True, text=True, env=settings, timeout=60)
                states = [json.loads(line) for line in done.stdout.splitlines()]
                failed = [state["error"]["type"] for state in states if "error" in state]
                self.assertEqual(len(states), expected["records"]["total"])
                self.assertEqual({kind: failed.count(kind) for kind in failed}, expected["errors"])
                self.assertEqual(list(states[0].values())[-1], expected["first"])

    def model_of(self, example: Path) -> dict[str, str]:
        """Where its scripts find the model that they call: a stand-in that the example brings along."""
        if not (example / "stand_in_server.py").exists():
            return {}
        key = self.write("key", "of a test")
        command = [sys.executable, str(example / "stand_in_server.py"), "--key-file", key, "--latency", "1"]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.addCleanup(server.wait)
        self.addCleanup(server.kill)
        assert server.stdout is not None
        self.addCleanup(server.stdout.close)
        address = server.stdout.readline().split()[-1]
        return {
            "OPENAI_BASE_URL": address,
            "OPENAI_API_KEY": "of a test",
            "DATAPIPELINE_LLM_MODEL": "capitals-stand-in",
        }

    def test_scripts_that_cannot_be_used_are_explained(self) -> None:
        done = self.run_pipeline(
            {"steps": [{"name": "s", "main": {"name": "m.py", "source": "import nothing_like_it"}}]}, "{}"
        )

        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("m.py: SCRIPT_LOAD: ModuleNotFoundError: No module named 'nothing_like_it'", done.stderr)

    def test_files_that_cannot_be_used_are_explained(self) -> None:
        good = {"steps": [{"name": "s", "main": {"name": "m.py", "source": KEEP}}]}
        cases = [
            ("{", "{}", "is not a pipeline definition"),
            ({"steps": [{"name": "s"}]}, "{}", "has no main script"),
            ({"steps": [{"name": "s", "main": {"name": "gone.py"}}]}, "{}", "gone.py cannot be read"),
            (good, "[]", "holds no record"),
            (good, "[1]", "line 1: a record must be a JSON object"),
            (good, '{"a": 1} x', "is not JSON"),
        ]
        for pipeline, data, message in cases:
            with self.subTest(message):
                done = self.run_pipeline(pipeline, data)
                self.assertEqual((done.returncode, done.stdout), (2, ""))
                self.assertIn(message, done.stderr)
                self.assertNotIn("Traceback", done.stderr)

    def test_the_packages_of_a_virtual_environment_are_those_of_the_pipeline(self) -> None:
        venv.create(self.folder / "venv", symlinks=True, with_pip=False)
        python = self.folder / "venv/bin/python"
        (packages,) = (self.folder / "venv").glob("lib/*/site-packages")
        (packages / "ticking.py").write_text(
            "import threading, time\nthreading.Thread(target=time.sleep, args=(600,), daemon=True).start()\n"
        )
        source = "import os, ticking\ndef transform(record):\n    return {'threads': os.environ['OMP_NUM_THREADS']}\n"
        pipeline = {"steps": [{"name": "s", "main": {"name": "m.py", "source": source}}]}

        done = self.run_pipeline(pipeline, "[{}, {}]", "--final", "--batch-size", "1", python=str(python))

        self.assertEqual((done.stdout, done.returncode), ('{"threads":"1"}\n' * 2, 0))
        self.assertEqual(done.stderr.count("started by `import ticking`"), 1)

    def test_a_reader_that_stops_early_is_no_error_worth_a_traceback(self) -> None:
        definition = self.write(
            "pipeline.json", json.dumps({"steps": [{"name": "s", "main": {"name": "m.py", "source": KEEP}}]})
        )
        data = self.write(
            "data.json", '{"pad": "' + "x" * 1000 + '"}\n' * 1 + ('{"pad": "' + "x" * 1000 + '"}\n') * 3000
        )
        command = f"{sys.executable} -m pipeline_engine {definition} {data} | head -1"

        done = subprocess.run(command, shell=True, capture_output=True, text=True, env=ENVIRONMENT, timeout=60)

        self.assertEqual(len(done.stdout.splitlines()), 1)
        self.assertNotIn("Traceback", done.stderr)


class Records(unittest.TestCase):
    def read(self, text: str) -> list[str]:
        with tempfile.NamedTemporaryFile("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            return read_records(Path(file.name))

    def test_records_keep_their_own_text_in_one_line(self) -> None:
        self.assertEqual(self.read('[{"a" : 1.10,\n"b\\n":"x  y"} , {}]'), ['{"a":1.10,"b\\n":"x  y"}', "{}"])
        self.assertEqual(self.read('\ufeff{"a":\n1}'), ['{"a":1}'])
        self.assertEqual(self.read('{"n":' + "9" * 5000 + "}"), ['{"n":' + "9" * 5000 + "}"])

    def test_broken_arrays_are_refused(self) -> None:
        for text in ("[{},]", "[{}", "[{} {}]", "[{}]]", "[,{}]", "[{}] {}", "[", "", "  ", "3", "[[]]"):
            with self.subTest(text), self.assertRaises(InvalidFile):
                self.read(text)


if __name__ == "__main__":
    unittest.main()
