from __future__ import annotations

import re
from argparse import Namespace
from pathlib import Path

from datapipeline_client.command import exit_codes
from datapipeline_client.command.output import Column, print_json, print_list, writes_json
from datapipeline_client.command.sources import client_of
from datapipeline_client.pipelines import Synced
from datapipeline_client.text import amount, printable, time_text

_COLUMNS = (
    Column("ID"),
    Column("NAME", share=1),
    Column("VERSION", right=True),
    Column("STEPS", right=True),
    Column("RUNS", right=True),
    Column("CHANGED"),
)


def list_pipelines(options: Namespace) -> int:
    found = client_of(options).pipelines.list(limit=options.limit, q=options.q)
    rows = (
        (
            pipeline["id"][:8],
            pipeline["name"],
            pipeline["version"],
            pipeline["stepCount"],
            amount(pipeline["runs"]),
            time_text(pipeline["updatedAt"]),
        )
        for pipeline in found
    )
    print_list(options, found, _COLUMNS, rows, "There is no such pipeline.")
    return exit_codes.OK


def push(options: Namespace) -> int:
    pushed = client_of(options).pipelines.push(options.folder, force=options.force)
    _print(pushed, options, "is now" if pushed.changed else "is already")
    return exit_codes.OK


def pull(options: Namespace) -> int:
    client = client_of(options)
    name, _, version = options.pipeline.rpartition("@")
    has_version = bool(name) and version.isdigit()
    saved = client.pipelines.get(name if has_version else options.pipeline, int(version) if has_version else None)
    folder = Path(options.folder or re.sub(r"[^\w. -]", "_", saved["name"]).strip(". ") or saved["id"])
    folder.mkdir(parents=True, exist_ok=True)
    pulled = client.pipelines.pull(saved["id"], folder, version=saved["version"], force=options.force)
    _print(pulled, options, f"is in {folder}: written from" if pulled.changed else f"is in {folder}: it is already")
    return exit_codes.OK


def _print(synced: Synced, options: Namespace, what: str) -> None:
    if writes_json(options):
        print_json(synced._asdict())
    else:
        print(f"{printable(synced.name)} {printable(what)} version {synced.version} ({synced.id})")
