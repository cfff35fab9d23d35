from __future__ import annotations

import os
import sys
from argparse import Namespace
from pathlib import Path

from datapipeline_client.command import exit_codes
from datapipeline_client.command.output import print_json, writes_json
from datapipeline_client.command.sources import client_of
from datapipeline_client.errors import InvalidInput
from datapipeline_client.results import Results, format_of
from datapipeline_client.text import bytes_text, printable

_DEFAULT_FORMAT = "ndjson"


def download(options: Namespace) -> int:
    results = (
        client_of(options)
        .get_run(options.run)
        .results(
            view=options.view or "final",
            columns=options.columns.split(",") if options.columns else None,
            fields=options.field,
            status=options.status,
        )
    )
    target = options.output or _name_of_service(results, options)
    saved = save(results, target, options.format)
    if saved is None:
        return exit_codes.OK
    size = saved.stat().st_size
    if writes_json(options):
        print_json({"file": str(saved), "bytes": size})
    else:
        print(f"{printable(saved)}: {bytes_text(size)}")
    return exit_codes.OK


def save(results: Results, target: str, format: str | None = None) -> Path | None:
    """To a file that appears when it is whole, or, for -, to standard output, which cannot be."""
    if target != "-":
        return results.save(target, format)
    sys.stdout.flush()
    for piece in results.pieces(format or _DEFAULT_FORMAT):
        sys.stdout.buffer.write(piece)
    return None


def _name_of_service(results: Results, options: Namespace) -> str:
    name = os.path.basename(
        results.file_name(options.format or _DEFAULT_FORMAT, "zip" if options.zip else None).replace("\\", "/")
    )
    if not name or name.startswith("."):
        raise InvalidInput("The service gives the file no usable name; say one with --output.")
    if os.path.lexists(name) and not options.force:
        raise InvalidInput(f"{name} is there already; replace it with --force, or say another name with --output.")
    options.format = options.format or format_of(Path(name))
    return name
