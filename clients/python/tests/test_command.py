"""The command as a process, without a service."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
CLIENT = ROOT / "clients/python"
CAPITALS = ROOT / "examples/capitals"


def command(*arguments: object, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    with tempfile.TemporaryDirectory() as home:
        variables = {**os.environ, "PYTHONPATH": str(CLIENT), "XDG_CONFIG_HOME": home, "COLUMNS": "80", **environment}
        return subprocess.run(
            [sys.executable, "-m", "datapipeline_client", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            text=True,
            env=variables,
            cwd=home,
            timeout=60,
        )


class ExitCodeTest(unittest.TestCase):
    def test_help_is_no_error_and_fits_into_80_columns(self) -> None:
        for arguments in (["--help"], ["run", "--help"], ["download", "--help"], ["pipelines", "push", "--help"]):
            with self.subTest(arguments=arguments):
                ended = command(*arguments)

                self.assertEqual(ended.returncode, 0)
                self.assertEqual([line for line in ended.stdout.splitlines() if len(line) > 80], [])

    def test_a_wrong_command_line(self) -> None:
        for arguments in ([], ["fly"], ["runs", "--limit", "x"], ["show"], ["runs", "--json", "--table"]):
            with self.subTest(arguments=arguments):
                self.assertEqual(command(*arguments).returncode, 2)

    def test_a_file_that_is_not_there(self) -> None:
        ended = command("run", CAPITALS, "nothing.csv")

        self.assertEqual((ended.returncode, ended.stderr), (2, "datapipeline: There is no file nothing.csv.\n"))

    def test_an_address_that_is_none(self) -> None:
        ended = command("runs", "--url", "localhost")

        self.assertEqual(ended.returncode, 2)
        self.assertIn("One looks like http://localhost:8080", ended.stderr)

    def test_a_service_that_is_not_there(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        ended = command("runs", DATAPIPELINE_URL=f"http://127.0.0.1:{port}")

        self.assertEqual(ended.returncode, 3)
        self.assertIn("cannot be reached: Connection refused", ended.stderr)


class LocalTest(unittest.TestCase):
    def test_the_engine_runs_a_folder(self) -> None:
        ended = command("local", CAPITALS, CAPITALS / "dataset.json", "--final")

        self.assertIn("records:", ended.stderr)
        self.assertIn('"validation_status":"VALID"', ended.stdout)
        self.assertEqual(ended.returncode, 1)

    def test_what_the_engine_cannot_use(self) -> None:
        self.assertEqual(command("local", "nothing.json", "nothing.json").returncode, 2)


class StartTest(unittest.TestCase):
    def test_modules_are_imported_where_they_are_needed(self) -> None:
        program = (
            "import sys; from datapipeline_client.command.arguments import parse; parse(['runs']); print(*sys.modules)"
        )
        ended = subprocess.run(
            [sys.executable, "-S", "-c", program], capture_output=True, text=True, cwd=CLIENT, check=True
        )

        loaded = set(ended.stdout.split())
        self.assertLess(len(loaded), 260)
        self.assertEqual(
            loaded & {"asyncio", "pandas", "urllib.request", "multiprocessing", "unittest", "logging"}, set()
        )
