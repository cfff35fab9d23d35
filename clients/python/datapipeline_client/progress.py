"""A line on the terminal that shows how far an upload or a run is."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TextIO

from datapipeline_client.text import amount, bytes_text, fit, printable, rough_duration_text

_BETWEEN_DRAWINGS = 0.1
# So that a usual line fits into 80 columns.
_BAR = 12
_NAME = 12
_CLEAR_LINE = "\r\033[K"


class Progress:
    """Draws nothing where `stream` is None."""

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream
        self._drawn_at = 0.0
        self._text = ""
        self._name = ""

    def show_run(self, run: dict[str, Any]) -> None:
        """A run as the API describes it."""
        self._draw(lambda: run_line(run, self._marks()))

    def sending(self, source: Any) -> Callable[[int], None]:
        """What to call with the number of bytes sent so far of a dataset."""
        total = os.path.getsize(source) if isinstance(source, (str, os.PathLike)) and os.path.isfile(source) else 0
        return lambda sent: self._draw(lambda: upload_line(sent, total, self._marks()))

    def clear(self) -> None:
        if self._stream is not None and self._text:
            self._stream.write(_CLEAR_LINE)
            self._stream.flush()
            self._text = ""

    def _draw(self, line: Callable[[], str]) -> None:
        now = time.monotonic()
        if self._stream is None or now - self._drawn_at < _BETWEEN_DRAWINGS:
            return
        self._drawn_at = now
        text = fit(line(), shutil.get_terminal_size().columns - 1)
        if text != self._text:
            self._text = text
            self._stream.write(_CLEAR_LINE + text)
            self._stream.flush()

    def _marks(self) -> str:
        encoding = (getattr(self._stream, "encoding", None) or "").lower().replace("-", "")
        return "█░" if encoding == "utf8" else "#."


@contextmanager
def watched_progress(watch: bool) -> Iterator[Progress]:
    """A progress bar on standard error, if it is wanted and somebody can see it: in a terminal or a notebook."""
    progress = Progress(sys.stderr if watch and (sys.stderr.isatty() or "ipykernel" in sys.modules) else None)
    try:
        yield progress
    finally:
        progress.clear()


def run_line(run: dict[str, Any], marks: str = "█░") -> str:
    counts = run["records"]
    total = counts["total"]
    done = total - counts["pending"]
    head = [
        fit(printable(run["name"]), _NAME),
        _bar(done / total if total else 0, marks),
        f"{amount(done)}/{amount(total)}",
    ]
    return "  ".join([*head, *_details(run, counts)])


def _details(run: dict[str, Any], counts: dict[str, int]) -> Iterator[str]:
    if run["status"] == "QUEUED":
        environment = run.get("environment") or {}
        is_waiting = run.get("waitsFor") == "ENVIRONMENT"
        yield f"packages: {environment.get('status', 'RESOLVING').lower()}" if is_waiting else "queued"
    if counts["failed"]:
        yield f"{amount(counts['failed'])} failed"
    if run.get("recordsPerSecond"):
        yield f"{amount(round(run['recordsPerSecond']))}/s"
    if run.get("etaSeconds") is not None:
        yield f"{rough_duration_text(run['etaSeconds'])} left"
    if run.get("llm"):
        yield f"${run['llm']['spent']}"


def upload_line(sent: int, total: int, marks: str = "█░") -> str:
    if not total:
        return f"upload  {bytes_text(sent)}"
    return f"upload  {_bar(min(1, sent / total), marks)}  {bytes_text(sent)} of {bytes_text(total)}"


def _bar(share: float, marks: str) -> str:
    full = int(share * _BAR)
    return f"{marks[0] * full}{marks[1] * (_BAR - full)} {int(100 * share):3} %"
