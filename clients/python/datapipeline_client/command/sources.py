"""What the arguments of several subcommands mean."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path
from typing import Any
from uuid import UUID

from datapipeline_client.client import Client
from datapipeline_client.errors import InvalidInput


def client_of(options: Namespace) -> Client:
    return Client(options.url, project=options.project)


def dataset_of(client: Client, said: str) -> Any:
    """A file where there is one, standard input for -, else a dataset of the service."""
    if said == "-":
        return sys.stdin.buffer
    if Path(said).exists():
        return said
    return _dataset_id(client, said)


def _dataset_id(client: Client, said: str) -> UUID:
    if not all(character in "0123456789abcdefABCDEF-" for character in said):
        raise InvalidInput(f"There is no file {said}.")
    return UUID(client.datasets.get(said)["id"])


def reading_of(options: Namespace) -> dict[str, str]:
    """How a file is read, as the options say it."""
    said = {
        "separator": options.separator,
        "records": options.records_path,
        "sheet": options.sheet,
        "member": options.member,
    }
    return {name: value for name, value in said.items() if value is not None}


def scripts_of(options: Namespace) -> dict[str, Any]:
    """Packages and model calls, as the options say them."""
    llm = {"upstream": options.upstream, "models": options.model, "budget": options.budget}
    said = {name: value for name, value in llm.items() if value is not None}
    return {"packages": options.package, "llm": said or None}
