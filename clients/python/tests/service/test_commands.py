"""The command, in a pipe and on a terminal of 80 columns."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, NamedTuple

from datapipeline_client import Client, Run
from tests.service.shared import CAPITALS, CAPITALS_DATA, ODD_ONES_FAIL, ROOT, pipeline_of, shared_service

ESCAPES = re.compile(r"\x1b\[K|\r")


def _is_followed(run: Run) -> bool:
    """Whether the command has had a second to learn of its run."""
    started = datetime.fromisoformat(run.data["startedAt"].replace("Z", "+00:00"))
    return datetime.now(timezone.utc) - started > timedelta(seconds=1)


class Ended(NamedTuple):
    code: int
    output: str
    errors: str

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.output.splitlines()]


class CommandTestCase(unittest.TestCase):
    def setUp(self) -> None:
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)
        self.environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT / "clients/python"),
            "XDG_CONFIG_HOME": str(self.folder / "config"),
            "DATAPIPELINE_URL": shared_service().url,
            "PYTHONIOENCODING": "utf-8",
        }
        self.client = Client(shared_service().url)

    def command(self, *arguments: object, stdin: str = "") -> Ended:
        ended = subprocess.run(
            [sys.executable, "-m", "datapipeline_client", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            text=True,
            env=self.environment,
            cwd=self.folder,
            timeout=120,
        )
        return Ended(ended.returncode, ended.stdout, ended.stderr)

    def on_terminal(self, *arguments: object) -> str:
        """What a person sees on 80 columns, progress included."""
        ours, theirs = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, "-m", "datapipeline_client", *map(str, arguments)],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={**self.environment, "COLUMNS": "80", "LINES": "24"},
            cwd=self.folder,
        )
        os.close(theirs)
        seen = b""
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            if not select.select([ours], [], [], 1)[0]:
                continue
            try:
                piece = os.read(ours, 1 << 16)
            except OSError:
                break
            if not piece:
                break
            seen += piece
        os.close(ours)
        process.wait(60)
        return seen.decode()


class PipeTest(CommandTestCase):
    def test_a_run_prints_itself_and_its_code_says_that_records_failed(self) -> None:
        ended = self.command("run", CAPITALS, CAPITALS_DATA, "-o", "values.csv", "--batch-size", 10)

        self.assertEqual((ended.code, ended.errors), (1, ""))
        (run,) = ended.lines
        self.assertEqual((run["status"], run["batchSize"]), ("PARTIAL", 10))
        self.assertEqual(len((self.folder / "values.csv").read_text().splitlines()), 60)

    def test_exit_codes_of_runs(self) -> None:
        for source, dataset, options, code in (
            ("return record", '{"n": 1}', (), 0),
            ("raise SkipRecord('x')", '{"n": 1}', (), 0),
            ("return record['m']", '{"n": 1}\n{"n": 1, "m": {}}', (), 1),
            ("import time; time.sleep(9); return record", '{"n": 1}', ("--timeout", 0.3), 6),
            ("return record", '{"n": ', (), 4),
            ("return record", '{"n": 1}', ("--detach",), 0),
        ):
            with self.subTest(source=source, dataset=dataset):
                self.write_pipeline(source)
                ended = self.command("run", ".", "-", *options, stdin=dataset)
                self.assertEqual(ended.code, code, ended.errors)

    def test_an_interrupt_ends_the_command_and_not_the_run(self) -> None:
        self.write_pipeline("import time; time.sleep(9); return record")
        (self.folder / "one.json").write_text("{}")
        process = subprocess.Popen(
            [sys.executable, "-m", "datapipeline_client", "run", ".", "one.json", "--name", "interrupted"],
            stderr=subprocess.PIPE,
            text=True,
            env=self.environment,
            cwd=self.folder,
        )
        deadline = time.monotonic() + 60
        while not (
            running := [run for run in self.client.runs(q="interrupted", status="RUNNING") if _is_followed(run)]
        ):
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)

        self.assertEqual(process.returncode, 130)
        self.assertIn(f"The run goes on: datapipeline show {running[0].id}", errors)
        self.assertTrue(running[0].refresh().is_active)
        running[0].cancel()

    def test_results_go_to_standard_output(self) -> None:
        self.write_pipeline("return record")
        ended = self.command("run", ".", "-", "-o", "-", stdin='{"n": 1}\n{"n": 2}\n')

        self.assertEqual(ended.lines, [{"n": 1}, {"n": 2}])

    def test_lists_are_one_document_a_line(self) -> None:
        run = self.client.run(ODD_ONES_FAIL, [{"n": n} for n in range(4)], name="listed")

        self.assertEqual([listed["id"] for listed in self.command("runs", "-q", "listed").lines], [run.id])
        self.assertEqual([group["count"] for group in self.command("failures", run.id[:8]).lines], [2])
        self.assertEqual(self.command("show", run.id).lines[0]["status"], "PARTIAL")
        self.assertEqual(self.command("retry", run.id).code, 1)
        self.assertEqual(self.command("cancel", run.id).code, 4)
        self.assertIn("There is no run 'abc'", self.command("show", "abc").errors)

    def test_a_download_has_the_name_that_the_service_gives(self) -> None:
        run = self.client.run(CAPITALS, CAPITALS_DATA)
        first = self.command("download", run.id, "--format", "csv")
        again = self.command("download", run.id, "--format", "csv")

        self.assertEqual((first.code, again.code), (0, 2))
        self.assertRegex(first.lines[0]["file"], r"^capitals-.*-final\.csv$")
        self.assertIn("--force", again.errors)
        self.assertEqual(self.command("download", run.id, "--format", "csv", "--force").code, 0)

    def test_pipelines_and_datasets(self) -> None:
        self.write_pipeline("return record")
        pushed = self.command("pipelines", "push")
        pulled = self.command("pipelines", "pull", "typed", "other")
        (self.folder / "main.py").write_text("def transform(record):\n    return {}\n")
        self.command("pipelines", "push")
        (self.folder / "other/main.py").write_text("def transform(record):\n    return None\n")
        conflict = self.command("pipelines", "push", "other")

        self.assertEqual((pushed.code, pulled.code, conflict.code), (0, 0, 4))
        self.assertIn("has version 2", conflict.errors)
        self.assertEqual(self.command("pipelines", "list", "-q", "typed").lines[0]["version"], 2)
        dataset = self.command("datasets", "upload", "-", "--name", "typed", stdin="a;b\n1;2\n").lines[0]
        self.assertEqual((dataset["records"], dataset["separator"]), (1, ";"))
        self.assertEqual(self.command("datasets", "list", "-q", "typed").lines[0]["id"], dataset["id"])
        self.assertEqual(self.command("datasets", "delete", dataset["id"][:10]).code, 0)

    def test_a_trial(self) -> None:
        self.write_pipeline("return record['m']")
        ended = self.command("try", ".", "-", "-n", 2, stdin='{"n": 1}\n{"m": {}}\n{"n": 3}\n')

        self.assertEqual([record["status"] for record in ended.lines[0]["records"]], ["FAILED", "SUCCEEDED"])
        self.assertEqual(ended.code, 1)

    def test_a_login_is_kept(self) -> None:
        self.environment.pop("DATAPIPELINE_URL")
        ended = self.command("login", shared_service().url, stdin="\n")

        self.assertEqual((ended.code, ended.lines[0]["singleUser"]), (0, True))
        self.assertEqual(self.command("runs", "-n", 1).code, 0)
        self.assertEqual(self.command("logout").lines, [{"forgotten": shared_service().url}])

    def write_pipeline(self, body: str) -> None:
        definition = {"name": "typed", "steps": [{"name": "s", "main_script": "main.py"}]}
        (self.folder / "pipeline.json").write_text(json.dumps(definition))
        (self.folder / "main.py").write_text(f"def transform(record):\n    {body}\n")


class TerminalTest(CommandTestCase):
    def test_everything_fits_into_80_columns(self) -> None:
        colourful = pipeline_of("def transform(record):\n    raise ValueError('\\x1b[31m' + 'red ' * 50)\n", "red")
        self.client.run(colourful, [{"n": n} for n in range(4)], name="a name that is long " * 5)
        self.client.datasets.upload([{"n": 1}], "東京 " * 30)
        for arguments in (
            ["run", CAPITALS, CAPITALS_DATA],
            ["runs"],
            ["show", "latest"],
            ["failures", "latest"],
            ["datasets", "list"],
            ["pipelines", "list"],
            ["try", CAPITALS, CAPITALS_DATA],
        ):
            seen = self.on_terminal(*arguments)
            if os.environ.get("SHOW_TERMINAL"):
                print(f"$ datapipeline {' '.join(map(str, arguments))}\n{seen}")
            with self.subTest(arguments=arguments):
                self.assertNotIn("\x1b", ESCAPES.sub("", seen))
                if arguments[0] != "try":
                    self.assertEqual([line for line in re.split(r"[\r\n]", seen) if len(line) > 84], [])
