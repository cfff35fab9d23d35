from __future__ import annotations

from argparse import Namespace

from datapipeline_client.command import exit_codes
from datapipeline_client.command.output import Column, print_json, print_list, writes_json
from datapipeline_client.command.run_text import print_failures, print_run
from datapipeline_client.command.sources import client_of
from datapipeline_client.run import Run
from datapipeline_client.text import amount, time_text

_COLUMNS = (
    Column("ID"),
    Column("NAME", share=1),
    Column("STATUS"),
    Column("RECORDS", right=True),
    Column("FAILED", right=True),
    Column("SUBMITTED"),
)


def runs(options: Namespace) -> int:
    found = client_of(options).runs(limit=options.limit, q=options.q, status=options.status)
    print_list(options, (run.data for run in found), _COLUMNS, (_row(run) for run in found), "There is no such run.")
    return exit_codes.OK


def show(options: Namespace) -> int:
    run = client_of(options).get_run(options.run)
    if writes_json(options):
        print_json(run.data)
    else:
        print_run(run)
    return exit_codes.OK


def failures(options: Namespace) -> int:
    found = client_of(options).get_run(options.run).failures()
    if writes_json(options):
        for group in found:
            print_json(group)
    else:
        print_failures(found)
    return exit_codes.OK


def _row(run: Run) -> tuple[str, ...]:
    counts = run.counts
    total, failed = amount(counts.total), amount(counts.failed)
    return run.id[:8], run.name, run.status, total, failed, time_text(run.data["createdAt"])
