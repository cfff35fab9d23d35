"""The service or the client dies in the middle of an upload, a download or a run."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from datapipeline_client import Client
from tests.service.shared import AS_IT_IS, pipeline_of, shared_service

RECORDS = 20_000
TEXT = "x" * 500
SLOW = pipeline_of("import time\ndef transform(record):\n    time.sleep(0.05)\n    return record\n", "slow")
RUN_AND_TELL_MEMORY = """
import sys
from datapipeline_client.command.main import run
code = run(sys.argv[1:])
print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")), file=sys.stderr)
sys.exit(code)
"""


def records(count: int = RECORDS) -> Iterator[dict[str, Any]]:
    return ({"n": n, "text": TEXT} for n in range(count))


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "datapipeline_client", *map(str, arguments), "--url", shared_service().url]


class InterruptionTestCase(unittest.TestCase):
    def setUp(self) -> None:
        self.service = shared_service()
        self.client = Client(self.service.url)
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)
        self._restart: threading.Thread | None = None
        self.addCleanup(self.wait_for_restart)

    def restart_service(self) -> None:
        """Kills it at once and starts it beside the test, once."""
        if self._restart is None:
            self.service.kill()
            self._restart = threading.Thread(target=self.service.start)
            self._restart.start()

    def wait_for_restart(self) -> None:
        if self._restart is not None:
            self._restart.join()

    def datasets_of(self, name: str) -> list[dict[str, Any]]:
        return list(self.client.datasets.list(q=name))


class DyingServiceTest(InterruptionTestCase):
    def test_an_upload_of_an_iterator_is_sent_again(self) -> None:
        def interrupted() -> Iterator[dict[str, Any]]:
            for record in records():
                if record["n"] == RECORDS // 2:
                    self.restart_service()
                yield record

        self.client.me()
        dataset = self.client.datasets.upload(interrupted(), "iterator and restart")

        self.assertEqual(dataset["records"], RECORDS)
        self.assertEqual([found["id"] for found in self.datasets_of("iterator and restart")], [dataset["id"]])

    def test_a_run_and_its_download_survive_restarts(self) -> None:
        run = self.client.run(SLOW, [{"n": n} for n in range(100)], batch_size=5, watch=False)
        self.restart_service()
        self.assertEqual(run.wait(120).status, "SUCCEEDED")
        self.assertEqual(run.results().to_list(), [{"n": n} for n in range(100)])

    def test_results_are_read_on_where_the_service_died(self) -> None:
        run = self.client.run(AS_IT_IS, records(), watch=False).wait()
        seen = []
        for value in run.results():
            seen.append(value["n"])
            if len(seen) == 1000:
                self.restart_service()

        self.assertEqual(seen, list(range(RECORDS)))


class DyingClientTest(InterruptionTestCase):
    def test_an_upload_that_was_killed_leaves_nothing(self) -> None:
        upload = subprocess.Popen(command("datasets", "upload", "-", "--name", "killed upload"), stdin=subprocess.PIPE)
        assert upload.stdin is not None
        upload.stdin.write(b"".join(json.dumps(record).encode() + b"\n" for record in records(10_000)))
        upload.kill()
        upload.wait()
        upload.stdin.close()

        self.assertEqual(self.datasets_of("killed upload"), [])

    def test_a_download_that_was_ended_leaves_the_file_as_it_was(self) -> None:
        run = self.client.run(AS_IT_IS, records(), watch=False).wait()
        target = self.folder / "results.ndjson"
        target.write_text("yesterday")
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGKILL):
            with self.subTest(number=number):
                download = subprocess.Popen(command("download", run.id, "-o", target), stderr=subprocess.DEVNULL)
                self.wait_for_half_a_file(download)
                download.send_signal(number)
                download.wait()

                whole_or_before = target.read_text() == "yesterday" or download.returncode == 0
                self.assertTrue(whole_or_before)
                if number != signal.SIGKILL:
                    self.assertEqual(self.half_files(), [])
                target.write_text("yesterday")
        self.assertEqual(
            subprocess.run(command("download", run.id, "-o", target), stdout=subprocess.DEVNULL).returncode, 0
        )
        self.assertEqual(len(target.read_text().splitlines()), RECORDS)

    def half_files(self) -> list[Path]:
        return list(self.folder.glob(".*.part"))

    def wait_for_half_a_file(self, download: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + 30
        while not self.half_files() and download.poll() is None:
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.001)


class MemoryTest(InterruptionTestCase):
    def test_uploads_and_downloads_take_little_memory(self) -> None:
        file = self.folder / "large.ndjson"
        piece = b"".join(json.dumps(record, separators=(",", ":")).encode() + b"\n" for record in records(2000))
        file.write_bytes(50 * piece)
        with file.open("rb") as pipe:
            uploaded = self.highest_memory("datasets", "upload", "-", "--name", "large", stdin=pipe)
        self.assertLess(uploaded, file.stat().st_size / 1.5)

        dataset = self.datasets_of("large")[0]
        run = self.client.run(AS_IT_IS, UUID(dataset["id"]), watch=False, batch_size=5000).wait()
        downloaded = self.highest_memory("download", run.id, "-o", self.folder / "results.ndjson")
        self.assertLess(downloaded, file.stat().st_size / 1.5)
        self.assertEqual((self.folder / "results.ndjson").read_bytes(), file.read_bytes())

    def highest_memory(self, *arguments: object, stdin: IO[bytes] | None = None) -> int:
        """Bytes in memory of the command at its highest."""
        ended = subprocess.run(
            [sys.executable, "-c", RUN_AND_TELL_MEMORY, *command(*arguments)[3:]],
            stdin=stdin,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=True,
        )
        return int(ended.stderr.split()[-2]) * 1024
