from __future__ import annotations

import sys
from argparse import Namespace
from typing import Any

from datapipeline_client.command import exit_codes
from datapipeline_client.command.output import print_json, writes_json
from datapipeline_client.command.run_text import print_run
from datapipeline_client.command.sources import client_of, dataset_of, reading_of, scripts_of
from datapipeline_client.run import Run


def run(options: Namespace) -> int:
    client = client_of(options)
    dataset = dataset_of(client, options.dataset)
    submitted = client.run(
        options.pipeline,
        dataset,
        name=options.name,
        reading=reading_of(options),
        watch=False,
        show_upload=True,
        batch_size=options.batch_size,
        record_concurrency=options.concurrency,
        record_timeout_seconds=options.record_timeout,
        tolerated_failures=_number_or_share(options.tolerate),
        **scripts_of(options),
    )
    code = _followed(submitted, options)
    if options.output and submitted.is_over:
        from datapipeline_client.command.downloads import save

        save(submitted.results(), options.output)
    return code


def retry(options: Namespace) -> int:
    found = client_of(options).get_run(options.run)
    return _followed(found.retry(options.pipeline, cause=options.cause, watch=False), options)


def resume(options: Namespace) -> int:
    return _followed(client_of(options).get_run(options.run).resume(options.budget), options)


def cancel(options: Namespace) -> int:
    cancelled = client_of(options).get_run(options.run).cancel()
    _print(cancelled, options)
    return exit_codes.OK


def _followed(started: Run, options: Namespace) -> int:
    """Waits for the run unless it shall not, and says how it ended."""
    if options.detach:
        _print(started, options)
        return exit_codes.OK
    try:
        started.wait(options.timeout, watch=True)
    except KeyboardInterrupt:
        print(f"The run goes on: datapipeline show {started.id}", file=sys.stderr)
        raise
    _print(started, options)
    return exit_codes.of_run(started.status)


def _print(shown: Run, options: Namespace) -> None:
    # Results have standard output for themselves.
    if getattr(options, "output", None) == "-":
        return
    if writes_json(options):
        print_json(shown.data)
        return
    print_run(shown)


def _number_or_share(said: str | None) -> Any:
    return int(said) if said is not None and said.isdigit() else said
