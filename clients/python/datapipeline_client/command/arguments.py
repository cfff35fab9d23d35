"""What can be typed."""

from __future__ import annotations

import argparse

from datapipeline_client.version import VERSION

_CODES = """exit codes:
  0  all records succeeded or were skipped; the command did what it says
  1  some records failed
  2  the command line or a file cannot be used
  3  the service cannot be reached
  4  the service refused the request, or versions are in conflict
  5  the run failed as a whole, or was cancelled
  6  the run is paused, or not over in time
"""


def parse(arguments: list[str]) -> argparse.Namespace:
    """The options, with the function that runs them as `handler`; ends the process where they are wrong."""
    parser = argparse.ArgumentParser(
        prog="datapipeline",
        description="Runs pipelines of a Data Pipeline Framework service.\nTables on a terminal, JSON in a pipe.",
        epilog=_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"datapipeline {VERSION}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_runs(commands)
    _add_lists(commands)
    _add_pipelines(commands)
    _add_datasets(commands)
    _add_access(commands)
    if arguments[:1] == ["local"]:
        # All that follows is for the engine, which has options of its own.
        return argparse.Namespace(handler="local:run_locally", arguments=arguments[1:])
    return parser.parse_args(arguments)


def _add_runs(commands: argparse._SubParsersAction) -> None:
    run = _command(commands, "run", "runs:run", "run a pipeline over a dataset, and wait for the end")
    _pipeline_argument(run)
    _dataset_argument(run)
    _options_of_runs(run)
    _options_of_waiting(run)
    run.add_argument(
        "-o", "--output", metavar="FILE", help="then save the final values, as .csv, .xlsx, .ndjson, .csv.zip …"
    )
    trial = _command(commands, "try", "trials:try_pipeline", "show what a pipeline makes of the first records")
    _pipeline_argument(trial)
    _dataset_argument(trial)
    trial.add_argument("-n", "--records", type=int, default=5, metavar="N", help="how many, 5 by default, up to 100")
    _options_of_scripts(trial)
    retry = _command(commands, "retry", "runs:retry", "run failed and cancelled records again, and wait")
    _run_argument(retry)
    retry.add_argument("--pipeline", metavar="PIPELINE", help="with corrected scripts: a folder or a saved pipeline")
    retry.add_argument("--cause", metavar="ID", help="only those of one group of `datapipeline failures`")
    _options_of_waiting(retry)
    cancel = _command(commands, "cancel", "runs:cancel", "cancel a run; finished results are kept")
    _run_argument(cancel)
    resume = _command(commands, "resume", "runs:resume", "let a paused run go on, and wait")
    _run_argument(resume)
    resume.add_argument("--budget", metavar="DOLLARS", help="for the whole run, what was spent included")
    _options_of_waiting(resume)


def _add_lists(commands: argparse._SubParsersAction) -> None:
    runs = _command(commands, "runs", "lists:runs", "list runs, the newest first")
    runs.add_argument("--status", metavar="STATUS", help="such as RUNNING, PARTIAL or FAILED")
    _options_of_lists(runs)
    show = _command(commands, "show", "lists:show", "show a run")
    _run_argument(show)
    failures = _command(commands, "failures", "lists:failures", "list failed records of a run by cause")
    _run_argument(failures)
    download = _command(commands, "download", "downloads:download", "save the results of a run")
    _run_argument(download)
    download.add_argument(
        "-o", "--output", metavar="FILE", help="- for standard output; by default the name that the service gives it"
    )
    download.add_argument(
        "--format", metavar="FORMAT", help="csv, tsv, xlsx, ndjson, json; by default what FILE ends with"
    )
    download.add_argument("--zip", action="store_true", help="pack the file that the service names")
    download.add_argument("--view", choices=("final", "states"), help="final values (default), or every stage")
    download.add_argument("--columns", metavar="A,B", help="of index, status, attempt, error, raw, stages, value")
    download.add_argument("--field", action="append", metavar="NAME", help="keep this key only; may be repeated")
    download.add_argument("--status", metavar="STATUS", help="only such records: FAILED, SKIPPED …")
    download.add_argument("--force", action="store_true", help="replace a file of the name that the service gives")


def _add_pipelines(commands: argparse._SubParsersAction) -> None:
    pipelines = _group(commands, "pipelines", "list saved pipelines; push and pull their folders")
    _options_of_lists(_command(pipelines, "list", "pipelines:list_pipelines", "list saved pipelines"))
    push = _command(pipelines, "push", "pipelines:push", "save a folder of scripts as the next version of a pipeline")
    push.add_argument("folder", nargs="?", default=".", help="with pipeline.json; by default this one")
    push.add_argument("--force", action="store_true", help="also over versions that the folder has not seen")
    pull = _command(pipelines, "pull", "pipelines:pull", "write a saved pipeline into a folder")
    pull.add_argument("pipeline", help="name or id; NAME@3 for version 3")
    pull.add_argument("folder", nargs="?", help="by default one of its name")
    pull.add_argument("--force", action="store_true", help="also over changes that were not pushed")


def _add_datasets(commands: argparse._SubParsersAction) -> None:
    datasets = _group(commands, "datasets", "list, upload and delete datasets")
    _options_of_lists(_command(datasets, "list", "datasets:list_datasets", "list datasets, the newest first"))
    upload = _command(datasets, "upload", "datasets:upload", "upload a file")
    upload.add_argument("file", help="- for standard input")
    _options_of_uploads(upload)
    delete = _command(datasets, "delete", "datasets:delete", "delete a dataset that no run uses")
    delete.add_argument("dataset", help="id, or the beginning of it")


def _add_access(commands: argparse._SubParsersAction) -> None:
    login = _command(commands, "login", "access:login", "keep the address of a service and an API key")
    login.add_argument("address", nargs="?", help="of the service, such as https://pipelines.example.com")
    logout = _command(commands, "logout", "access:logout", "forget them")
    logout.add_argument("address", nargs="?", help="of the service; by default the one that is used")
    commands.add_parser("local", help="run a pipeline on this machine without a service, for a debugger")


def _command(commands: argparse._SubParsersAction, name: str, handler: str, help: str) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=help, description=f"{help[0].upper()}{help[1:]}.")
    command.set_defaults(handler=handler)
    command.add_argument(
        "--url", metavar="URL", help="of the service; by default DATAPIPELINE_URL or that of the login"
    )
    command.add_argument("--project", metavar="NAME", help="by default DATAPIPELINE_PROJECT or that of the API key")
    shape = command.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", default=None, help="JSON, also on a terminal")
    shape.add_argument("--table", dest="json", action="store_false", help="tables, also in a pipe")
    return command


def _group(commands: argparse._SubParsersAction, name: str, help: str) -> argparse._SubParsersAction:
    group = commands.add_parser(name, help=help, description=f"{help[0].upper()}{help[1:]}.")
    return group.add_subparsers(metavar="COMMAND", required=True)


def _pipeline_argument(command: argparse.ArgumentParser) -> None:
    command.add_argument("pipeline", help="a folder or its pipeline.json, or a saved pipeline: name, NAME@3, id")


def _dataset_argument(command: argparse.ArgumentParser) -> None:
    command.add_argument("dataset", help="a file, - for standard input, or the id of a dataset")


def _run_argument(command: argparse.ArgumentParser) -> None:
    command.add_argument("run", help="id, the beginning of it, or `latest`")


def _options_of_runs(command: argparse.ArgumentParser) -> None:
    _options_of_uploads(command)
    _options_of_scripts(command)
    command.add_argument("--batch-size", type=int, metavar="N", help="records in a batch, 100 by default")
    command.add_argument("--concurrency", type=int, metavar="N", help="records of a batch at a time, 1 by default")
    command.add_argument("--record-timeout", type=float, metavar="SECONDS", help="for one record, 60 by default")
    command.add_argument("--tolerate", metavar="N|P%", help="failed records, beyond which the run stops: 100 or 5%%")


def _options_of_uploads(command: argparse.ArgumentParser) -> None:
    command.add_argument("--name", help="of the run and the dataset")
    command.add_argument("--separator", metavar="SIGN", help="of a table, where it is not found out: ; or tab")
    command.add_argument("--records-path", metavar="PATH", help="of the list in a JSON document: /features")
    command.add_argument("--sheet", metavar="NAME", help="of a workbook; by default the first one")
    command.add_argument("--member", metavar="NAME", help="of an archive: the file in it, where there are several")


def _options_of_scripts(command: argparse.ArgumentParser) -> None:
    command.add_argument("--package", action="append", metavar="REQUIREMENT", help="that scripts need; may be repeated")
    models = command.add_argument_group("model calls")
    models.add_argument("--upstream", metavar="NAME", help="that scripts may call; one of these options allows calls")
    models.add_argument("--model", action="append", metavar="NAME", help="that they may use; may be repeated")
    models.add_argument("--budget", metavar="DOLLARS", help="which is never exceeded")


def _options_of_waiting(command: argparse.ArgumentParser) -> None:
    command.add_argument("--detach", action="store_true", help="do not wait for the end")
    command.add_argument("--timeout", type=float, metavar="SECONDS", help="wait no longer; the run goes on")


def _options_of_lists(command: argparse.ArgumentParser) -> None:
    command.add_argument("-n", "--limit", type=int, default=20, metavar="N", help="at most so many, 20 by default")
    command.add_argument("-q", "--search", dest="q", metavar="TEXT", help="in names, notes, tags and ids")
