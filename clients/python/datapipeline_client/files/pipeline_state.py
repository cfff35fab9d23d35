"""What a folder remembers of the saved pipeline that it was pulled from or pushed to: `.datapipeline.json`.

For each service id, version, and a digest of what both had in common, so that changes on either side are noticed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from datapipeline_client.errors import InvalidInput
from datapipeline_client.files.saving import replaced

FILE = ".datapipeline.json"
_CONTENT = ("name", "description", "llm", "environment", "steps")


class PipelineState(NamedTuple):
    id: str
    version: int
    digest: str


def read_state(folder: Path, service: str) -> PipelineState | None:
    known = _read(folder).get(service)
    if not known:
        return None
    try:
        return PipelineState(str(known["id"]), int(known["version"]), str(known["digest"]))
    except (KeyError, TypeError, ValueError):
        raise InvalidInput(f"{folder / FILE} is damaged. Remove it, then pull or push with --force.") from None


def write_state(folder: Path, service: str, state: PipelineState) -> None:
    everything = _read(folder)
    everything[service] = state._asdict()
    with replaced(folder / FILE) as file:
        file.write(json.dumps(everything, indent=2, sort_keys=True).encode() + b"\n")


def digest_of(pipeline: Mapping[str, Any]) -> str:
    """The same for a pipeline of a folder and of the service when they mean the same."""
    content = {name: _without_nothing(pipeline.get(name)) for name in _CONTENT}
    text = json.dumps(_without_nothing(content), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _without_nothing(value: Any) -> Any:
    if isinstance(value, Mapping):
        plain = {name: _without_nothing(member) for name, member in value.items()}
        return {name: member for name, member in plain.items() if member not in (None, [], {})}
    if isinstance(value, list):
        return [_without_nothing(member) for member in value]
    return value


def _read(folder: Path) -> dict[str, Any]:
    try:
        content = json.loads((folder / FILE).read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as problem:
        raise InvalidInput(f"{folder / FILE} cannot be read: {problem}") from None
    return content if isinstance(content, dict) else {}
