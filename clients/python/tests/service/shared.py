"""What the tests with a service share: the service, and pipelines for it."""

from __future__ import annotations

import atexit
from functools import cache
from pathlib import Path
from typing import Any

from tests.service.packaged_service import PackagedService

ROOT = Path(__file__).resolve().parents[4]
CAPITALS = ROOT / "examples/capitals"
CAPITALS_DATA = CAPITALS / "dataset.json"


@cache
def shared_service() -> PackagedService:
    """One service for all of them; it stops when they are done."""
    service = PackagedService()
    atexit.register(service.stop)
    service.start()
    return service


def pipeline_of(source: str, name: str = "test") -> dict[str, Any]:
    return {"name": name, "steps": [{"name": "step", "main": {"name": "main.py", "source": source}}]}


AS_IT_IS = pipeline_of("def transform(record):\n    return record\n", "as it is")
ODD_ONES_FAIL = pipeline_of(
    "def transform(record):\n    if record['n'] % 2:\n        raise ValueError('odd')\n    return record\n",
    "odd ones fail",
)
