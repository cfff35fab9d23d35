"""Which service one works with, and its API key: from the environment, or from the file of `datapipeline login`."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, NamedTuple

from datapipeline_client.errors import InvalidInput
from datapipeline_client.files.saving import replaced
from datapipeline_client.http.address import parse_address

DEFAULT_URL = "http://localhost:8080"
_PRIVATE = 0o600
_OTHERS = 0o077


class Credentials(NamedTuple):
    url: str
    api_key: str | None
    project: str | None


def credentials(url: str | None = None, api_key: str | None = None, project: str | None = None) -> Credentials:
    """What the caller says, else the environment, else the file. A key of the file goes to its own service only."""
    stored = _read()
    chosen = url or os.environ.get("DATAPIPELINE_URL") or stored.get("default") or DEFAULT_URL
    service = stored.get("services", {}).get(parse_address(chosen).url, {})
    return Credentials(
        chosen,
        api_key or os.environ.get("DATAPIPELINE_API_KEY") or service.get("apiKey"),
        project or os.environ.get("DATAPIPELINE_PROJECT") or service.get("project"),
    )


def remember(signed_in: Credentials) -> Path:
    """Makes this service the default one; only the own user can read the file, which is returned."""
    stored = _read()
    url = parse_address(signed_in.url).url
    entry = {"apiKey": signed_in.api_key, "project": signed_in.project}
    stored.setdefault("services", {})[url] = {name: value for name, value in entry.items() if value}
    stored["default"] = url
    return _write(stored)


def forget(url: str | None = None) -> str | None:
    """Removes a service, by default the default one; returns its address, or None where there was none."""
    stored = _read()
    known = parse_address(url).url if url else stored.get("default")
    if known is None or stored.get("services", {}).pop(known, None) is None:
        return None
    if stored.get("default") == known:
        del stored["default"]
    _write(stored)
    return known


def credentials_file() -> Path:
    folder = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(folder) / "datapipeline" / "credentials.json"


def _read() -> dict[str, Any]:
    path = credentials_file()
    try:
        with path.open("rb") as file:
            if os.name == "posix" and os.fstat(file.fileno()).st_mode & _OTHERS:
                raise InvalidInput(f"Others can read {path}, which holds API keys: chmod 600 {path}")
            stored = json.load(file)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as problem:
        raise InvalidInput(f"{path} cannot be read: {problem}. Remove it and log in again.") from None
    return stored if isinstance(stored, dict) else {}


def _write(stored: dict[str, Any]) -> Path:
    path = credentials_file()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with replaced(path, _PRIVATE) as file:
        file.write(json.dumps(stored, indent=2).encode() + b"\n")
    return path
