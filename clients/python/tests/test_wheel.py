from __future__ import annotations

import base64
import hashlib
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path

CLIENT = Path(__file__).resolve().parents[1]
ROOT = CLIENT.parents[1]


def built_in(folder: str) -> Path:
    subprocess.run([sys.executable, "build_backend.py", folder], cwd=CLIENT, check=True, capture_output=True)
    (wheel,) = Path(folder).glob("*.whl")
    return wheel


class WheelTest(unittest.TestCase):
    def test_the_record_is_true(self) -> None:
        with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(built_in(folder)) as wheel:
            (record,) = (name for name in wheel.namelist() if name.endswith("/RECORD"))
            lines = [line.rsplit(",", 2) for line in wheel.read(record).decode().splitlines()]

            self.assertEqual(sorted(name for name, _, _ in lines), sorted(wheel.namelist()))
            for name, digest, size in lines:
                if name != record:
                    content = wheel.read(name)
                    actual = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
                    self.assertEqual((digest, size), (f"sha256={actual}", str(len(content))), name)

    def test_the_same_sources_make_the_same_bytes(self) -> None:
        with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
            self.assertEqual(built_in(one).read_bytes(), built_in(other).read_bytes())

    def test_it_runs_on_its_own_with_the_engine(self) -> None:
        capitals = ROOT / "examples/capitals"
        with tempfile.TemporaryDirectory() as folder:
            zipfile.ZipFile(built_in(folder)).extractall(folder)
            ended = subprocess.run(
                [sys.executable, "-m", "datapipeline_client", "local", capitals, capitals / "dataset.json"],
                cwd=folder,
                capture_output=True,
                text=True,
            )

        self.assertEqual(ended.returncode, 1, ended.stderr)

    def test_it_has_the_version_of_the_service(self) -> None:
        pom = (ROOT / "pom.xml").read_text()
        with tempfile.TemporaryDirectory() as folder:
            version = built_in(folder).name.split("-")[1]

        self.assertIn(f"<version>{version}", pom)
