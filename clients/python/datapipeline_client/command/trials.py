from __future__ import annotations

import json
import sys
from argparse import Namespace
from typing import Any

from datapipeline_client.client import Client
from datapipeline_client.command import exit_codes
from datapipeline_client.command.output import print_json, writes_json
from datapipeline_client.command.sources import client_of, dataset_of, scripts_of
from datapipeline_client.files.first_records import first_records
from datapipeline_client.text import printable
from datapipeline_client.trial import Trial


def try_pipeline(options: Namespace) -> int:
    client = client_of(options)
    trial = client.try_(options.pipeline, _records(client, options), **scripts_of(options))
    if writes_json(options):
        print_json(trial.data)
    else:
        _print(trial)
    if trial.error:
        return exit_codes.RUN_FAILED
    return exit_codes.RECORDS_FAILED if trial.failed else exit_codes.OK


def _records(client: Client, options: Namespace) -> list[dict[str, Any]]:
    source = dataset_of(client, options.dataset)
    if isinstance(source, str) or source is sys.stdin.buffer:
        return first_records(source, options.records)
    return list(client.datasets.records(str(source), limit=options.records))


def _print(trial: Trial) -> None:
    if trial.error:
        _print_error(trial.error)
    for record in trial.records:
        print(f"record {record['index']}: {record['status']}")
        if record.get("error"):
            _print_error(record["error"])
        elif record.get("skipped"):
            print(f"  {printable(record['skipped'])}")
        else:
            print(f"  {printable(json.dumps(record['stages'][-1]['value'], ensure_ascii=False))}")
    if trial.log:
        print("log:")
        for line in trial.log.splitlines():
            print(f"  {printable(line)}")


def _print_error(error: dict[str, Any]) -> None:
    for line in (error.get("traceback") or f"{error['type']}: {error['message']}").splitlines():
        print(f"  {printable(line)}")
