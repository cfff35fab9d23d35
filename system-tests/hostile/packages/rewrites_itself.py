"""Tries to be another package for whoever uses this environment next."""

import os
from pathlib import Path

from .attempts import outcomes, system_call

HERE = Path(__file__).parent
REMOUNT = 0x1020

FOUND = outcomes(
    {
        "writing a module": lambda: Path(__file__).write_text("FOUND = None"),
        "a new module": lambda: (HERE / "more.py").touch(),
        "removing a module": lambda: (HERE / "attempts.py").unlink(),
        "byte code": lambda: next((HERE / "__pycache__").iterdir()).write_bytes(b""),
        "another mode": lambda: os.chmod(HERE, 0o777),
        "a link": lambda: os.symlink("/etc/passwd", HERE / "link.py"),
        "mounting it anew": lambda: system_call("mount", 0, str(HERE.parent).encode(), 0, REMOUNT, 0),
    }
)
