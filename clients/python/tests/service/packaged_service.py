from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

_LONGEST_START = 120
_LONGEST_STOP = 60


class PackagedService:
    """A service with a data folder of its own, at the same address after each start."""

    def __init__(self, **settings: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="datapipeline-client-test-"))
        port = _free_port()
        self.url = f"http://127.0.0.1:{port}"
        self._settings = {
            "QUARKUS_HTTP_PORT": str(port),
            "DATAPIPELINE_DATA_DIRECTORY": str(self.folder / "data"),
            "DATAPIPELINE_ENVIRONMENT_DEFAULT_INDEX": "false",
            **settings,
        }
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> str:
        return (self.folder / "service.log").read_text(errors="replace")

    def start(self) -> None:
        options = os.environ["SERVICE_OPTIONS"].split("\n")
        java = os.path.join(os.environ["JAVA_HOME"], "bin/java")
        with (self.folder / "service.log").open("ab") as log:
            self._process = subprocess.Popen(
                [java, *options, "-jar", os.environ["SERVICE_JAR"]],
                env={**os.environ, **self._settings},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + _LONGEST_START
        while not self._is_ready():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"the service did not start:\n{self.log[-4000:]}")
            time.sleep(0.05)

    def kill(self) -> None:
        """Ends it without giving it time for anything."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _end(self, number: int) -> None:
        if self._process is not None:
            self._process.send_signal(number)
            try:
                self._process.wait(_LONGEST_STOP)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/q/health/ready", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False


def _free_port() -> int:
    """Below those from which the system takes ports for connections, which it might do before the service starts."""
    while True:
        port = random.randrange(20_000, 30_000)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
