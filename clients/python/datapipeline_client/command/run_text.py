from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from datapipeline_client.command.output import Column, print_fields, print_table
from datapipeline_client.run import Run
from datapipeline_client.text import amount, duration_text, time_text

FAILURE_COLUMNS = (
    Column("COUNT", right=True),
    Column("WHERE", share=2),
    Column("ERROR", share=5),
    Column("RECORD", right=True),
    Column("CAUSE"),
)
_STATES = ("succeeded", "failed", "skipped", "cancelled", "pending")
_CAUSES_SHOWN = 5


def print_run(run: Run) -> None:
    """A run for people: what it is, how far it is, and its first causes of failures."""
    print_fields(_fields(run))
    if not run.counts.failed:
        return
    failures = run.failures()
    print()
    print_failures(failures[:_CAUSES_SHOWN])
    if len(failures) > _CAUSES_SHOWN:
        print(f"{len(failures) - _CAUSES_SHOWN} more causes: datapipeline failures {run.id[:8]}")


def print_failures(failures: list[dict[str, Any]]) -> None:
    rows = (
        (amount(group["count"]), _place(group), _message(group), group["firstIndex"], group["id"]) for group in failures
    )
    print_table(FAILURE_COLUMNS, rows, "No record failed.")


def _fields(run: Run) -> Iterator[tuple[str, Any]]:
    data = run.data
    yield "run", run.id
    yield "name", run.name
    yield "status", run.status
    yield "reason", run.status_reason
    yield "records", ", ".join(_count_texts(run))
    yield "pipeline", _with_version(data["pipeline"])
    yield "dataset", data["dataset"]["name"]
    yield "submitted", time_text(data["createdAt"])
    yield "took", _took(data)
    if data.get("llm"):
        budget = data["llm"]["budget"]
        yield (
            "models",
            f"{amount(data['llm']['calls'])} calls, ${data['llm']['spent']}" + (f" of ${budget}" if budget else ""),
        )


def _count_texts(run: Run) -> Iterator[str]:
    for state in _STATES:
        number = getattr(run.counts, state)
        if number:
            yield f"{amount(number)} {state}"


def _with_version(pipeline: dict[str, Any]) -> str:
    return f"{pipeline['name']}@{pipeline['version']}" if pipeline.get("version") else pipeline["name"]


def _took(data: dict[str, Any]) -> str | None:
    if not data["startedAt"] or not data["finishedAt"]:
        return None
    took = _instant(data["finishedAt"]) - _instant(data["startedAt"])
    return duration_text(took.total_seconds() - data["pausedSeconds"])


def _instant(text: str) -> datetime:
    # Python 3.9 reads six digits of a second, or none.
    whole, _, part = text.rstrip("Z").partition(".")
    return datetime.fromisoformat(f"{whole}.{part[:6]:0<6}")


def _place(group: dict[str, Any]) -> str:
    place = "/".join(part for part in (group["step"], group["stage"]) if part)
    return f"{place}:{group['line']}" if group.get("line") else place


def _message(group: dict[str, Any]) -> str:
    return f"{group['type']}: {group['message']}" if group["message"] else group["type"]
