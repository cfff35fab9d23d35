from __future__ import annotations

import sys
from argparse import Namespace
from typing import Any

from datapipeline_client.command import exit_codes
from datapipeline_client.command.output import Column, print_fields, print_json, print_list, writes_json
from datapipeline_client.command.sources import client_of, reading_of
from datapipeline_client.progress import watched_progress
from datapipeline_client.text import amount, bytes_text, time_text

_COLUMNS = (
    Column("ID"),
    Column("NAME", share=1),
    Column("FORMAT"),
    Column("RECORDS", right=True),
    Column("SIZE", right=True),
    Column("RUNS", right=True),
    Column("UPLOADED"),
)


def list_datasets(options: Namespace) -> int:
    found = client_of(options).datasets.list(limit=options.limit, q=options.q)
    print_list(options, found, _COLUMNS, (_row(dataset) for dataset in found), "There is no such dataset.")
    return exit_codes.OK


def upload(options: Namespace) -> int:
    source: Any = sys.stdin.buffer if options.file == "-" else options.file
    with watched_progress(True) as progress:
        dataset = client_of(options).datasets.upload(
            source,
            options.name,
            on_sent=progress.sending(source),
            **reading_of(options),
        )
    if writes_json(options):
        print_json(dataset)
        return exit_codes.OK
    print_fields(
        [
            ("dataset", dataset["id"]),
            ("name", dataset["name"]),
            ("format", dataset["format"]),
            *((part, dataset.get(part)) for part in ("separator", "sheet", "member")),
            ("records", amount(dataset["records"])),
            ("size", bytes_text(dataset["bytes"])),
            *(("note", note) for note in dataset.get("notes") or []),
        ]
    )
    return exit_codes.OK


def delete(options: Namespace) -> int:
    client = client_of(options)
    id = client.datasets.get(options.dataset)["id"]
    client.datasets.delete(id)
    if writes_json(options):
        print_json({"deleted": id})
    else:
        print(f"{id} is deleted.")
    return exit_codes.OK


def _row(dataset: dict[str, Any]) -> tuple[Any, ...]:
    return (
        dataset["id"][:8],
        dataset["name"],
        dataset["format"],
        amount(dataset["records"]),
        bytes_text(dataset["bytes"]),
        amount(dataset["runs"]),
        time_text(dataset["createdAt"]),
    )
