"""Run a pipeline over a file of records, as the service would, for debugging; no Docker needed."""

import argparse
import json
import os
import site
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from pipeline_engine.loader.loader import run_loader
from pipeline_engine.local.files import InvalidFile, read_pipeline, read_records
from pipeline_engine.local.service import LocalService, Outcome, Refused
from pipeline_engine.supervisor.supervisor import Supervisor

_REPORTS_SHOWN = 20
EXIT_RECORDS_FAILED = 1
EXIT_UNUSABLE = 2


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python3 -m pipeline_engine",
        description="Run a pipeline over a file of records and print one JSON object per record: its raw value "
        "and its value after every script. Scripts are run with your own rights: only run those you trust.",
    )
    parser.add_argument(
        "pipeline", type=Path, help="pipeline definition (JSON); scripts inline or as file names beside it"
    )
    parser.add_argument("data", type=Path, help="records: a JSON array, a single JSON object, or NDJSON")
    parser.add_argument("--batch-size", type=int, default=100, metavar="N", help="records per process (default 100)")
    parser.add_argument("--timeout", type=float, default=60, metavar="SECONDS", help="time for one record (default 60)")
    parser.add_argument(
        "--concurrency", type=int, default=1, metavar="N", help="records in flight at a time (default 1)"
    )
    parser.add_argument("--final", action="store_true", help="print only the last value of records that succeeded")
    return parser


def main() -> NoReturn:
    """Run what the command line asks for; exits with 0, 1 (records failed) or 2 (could not run)."""
    options = _arguments().parse_args()
    try:
        pipeline = read_pipeline(options.pipeline)
        records = read_records(options.data)
        sys.exit(_run(options, pipeline, records))
    except (InvalidFile, Refused) as problem:
        print(problem, file=sys.stderr)
        sys.exit(EXIT_UNUSABLE)
    except BrokenPipeError:
        # The reader of the results has closed the pipe; Python would complain when it flushes them.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(EXIT_UNUSABLE)


def _run(options: argparse.Namespace, pipeline: dict[str, Any], records: list[str]) -> int:
    if options.batch_size < 1:
        raise InvalidFile("--batch-size must be at least 1")
    service = LocalService(_start_engine())
    settings = {"recordTimeoutSeconds": options.timeout, "recordConcurrency": options.concurrency}
    service.load(pipeline | settings | _packages_of_this_python())
    shown = failed = skipped = 0
    for index, outcome in _outcomes(service, records, options.batch_size):
        if outcome.error:
            failed += 1
            if shown < _REPORTS_SHOWN:
                shown += 1
                _show(index, outcome.error)
        skipped += outcome.skipped is not None
        _print(outcome, records[index], pipeline, options.final)
    sys.stdout.flush()
    note = f" ({failed - shown} more failures not shown)" if failed > shown else ""
    succeeded = len(records) - failed - skipped
    print(f"{len(records)} records: {succeeded} succeeded, {failed} failed, {skipped} skipped{note}", file=sys.stderr)
    return EXIT_RECORDS_FAILED if failed else 0


def _packages_of_this_python() -> dict[str, Any]:
    """What a pipeline says of its packages: it has those of the virtual environment that it runs in."""
    if sys.prefix == sys.base_prefix:
        return {}
    return {"environment": {"path": os.path.normpath(site.getsitepackages()[0])}}


def _start_engine() -> socket.socket:
    ours, theirs = socket.socketpair()
    if not os.fork():
        ours.close()
        with open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        try:
            Supervisor(theirs, run_loader).run()
        finally:
            os._exit(0)
    theirs.close()
    return ours


def _outcomes(service: LocalService, records: list[str], batch_size: int) -> Iterator[tuple[int, Outcome]]:
    for first in range(0, len(records), batch_size):
        yield from enumerate(service.run(first, records[first : first + batch_size]), first)


def _show(index: int, error: dict[str, Any]) -> None:
    where = f" in {error['step']}/{error['stage']}" if error["step"] else ""
    print(f"record {index} failed{where}: {error['type']}: {error['message']}", file=sys.stderr)
    for line in (error["traceback"] or "").splitlines():
        print(f"    {line}", file=sys.stderr)


def _print(outcome: Outcome, raw: str, pipeline: dict[str, Any], final: bool) -> None:
    if final:
        if outcome.error is None and outcome.skipped is None:
            print(outcome.values[-1][1])
        return
    names = [f"{stage['stage']}_{step['name']}" for step in pipeline["steps"] for stage in step["stages"]]
    states = [("raw", raw)] + [(names[ordinal], value) for ordinal, value in outcome.values]
    if outcome.error is not None:
        states.append(("error", json.dumps(outcome.error)))
    if outcome.skipped is not None:
        states.append(("skipped", json.dumps(outcome.skipped)))
    print("{" + ", ".join(f"{json.dumps(name)}: {value}" for name, value in states) + "}")
