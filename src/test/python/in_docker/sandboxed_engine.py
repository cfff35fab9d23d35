"""The engine in a container with the limits of a real sandbox.

SANDBOX_IMAGE names an image with Python in it (the engine itself is mounted); the docker command must work.
"""

import os
import subprocess
import uuid
from pathlib import Path

from engine_service import ENGINE, SOCKET, EngineService

IMAGE = os.environ["SANDBOX_IMAGE"]
FILTER = Path(__file__).parents[3] / "main/docker/sandbox/seccomp.json"
MEMORY = "256m"
PROCESSES = 64


class SandboxedEngine(EngineService):
    """An engine as PID 1 of a container of its own."""

    def __init__(self, open_files: int = 4096, environments: Path | None = None) -> None:
        """`environments` is the folder that is seen as /environments."""
        self._open_files = open_files
        self._mounts = ("-v", f"{environments}:/environments:ro") if environments is not None else ()
        self.container = f"engine-test-{uuid.uuid4()}"
        super().__init__(self._command)

    def _command(self, folder: Path) -> list[str]:
        return [
            *(
                "docker",
                "run",
                "--rm",
                "--name",
                self.container,
                "--network",
                "none",
                "--read-only",
                "--user",
                "70001:70001",
            ),
            *(
                "--cap-drop",
                "ALL",
                "--security-opt",
                "no-new-privileges",
                "--security-opt",
                f"seccomp={FILTER}",
                "--pids-limit",
                str(PROCESSES),
                "--memory",
                MEMORY,
            ),
            *(
                "--memory-swap",
                MEMORY,
                "--oom-score-adj",
                "500",
                "--ulimit",
                f"nofile={self._open_files}",
                "--ulimit",
                "core=0",
                "--ulimit",
                "fsize=67108864",
            ),
            *(
                "--tmpfs",
                "/tmp:rw,noexec,nosuid,nodev,size=64m,nr_inodes=4096,mode=1777",
                "--shm-size",
                "16m",
                "--workdir",
                "/tmp",
            ),
            *(
                "-v",
                f"{ENGINE}:/opt/engine:ro",
                "-v",
                f"{folder}:/run/pipeline:ro",
                "-e",
                "HOME=/tmp",
                "-e",
                "LANG=C.UTF-8",
            ),
            *self._mounts,
            *(IMAGE, "python3", "-I", "-B", "-u", "-X", "utf8", "/opt/engine", f"/run/pipeline/{SOCKET}"),
        ]

    def processes(self) -> list[str]:
        """Command lines of the processes in the container."""
        listed = subprocess.run(
            ["docker", "top", self.container, "-eo", "pid,args"], capture_output=True, text=True, check=True
        )
        return listed.stdout.splitlines()[1:]

    def close(self) -> None:
        super().close()
        subprocess.run(["docker", "rm", "-f", self.container], capture_output=True, check=False)
