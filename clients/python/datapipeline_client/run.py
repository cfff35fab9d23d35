from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any, NamedTuple

from datapipeline_client.errors import WaitTimedOut
from datapipeline_client.files.pipeline_choice import PipelineSource, pipeline_fields
from datapipeline_client.http.service import Service
from datapipeline_client.pages import api_names
from datapipeline_client.results import Results

_ACTIVE = ("QUEUED", "RUNNING")
_FIRST_PAUSE = 0.05
_LONGEST_PAUSE = 1.0
_PAGE = 500


class RecordCounts(NamedTuple):
    """How many records are in which state; the states add up to total."""

    total: int
    succeeded: int
    failed: int
    skipped: int
    cancelled: int
    pending: int


class Run:
    """A run as it was when it was last looked at: `refresh` looks again, `wait` until it is over.

    `data` is what the service says of it: every field of `GET /api/v1/runs/{id}`.
    """

    def __init__(self, service: Service, data: dict[str, Any]) -> None:
        self.data = data
        self._service = service
        self._etag: str | None = None

    def __repr__(self) -> str:
        done = self.counts
        return f"<Run {self.id} {self.status}: {done.succeeded} of {done.total} succeeded, {done.failed} failed>"

    @property
    def id(self) -> str:
        return self.data["id"]

    @property
    def name(self) -> str:
        return self.data["name"]

    @property
    def status(self) -> str:
        """QUEUED, RUNNING, PAUSED, or at the end SUCCEEDED, PARTIAL (some records failed), FAILED, CANCELLED."""
        return self.data["status"]

    @property
    def status_reason(self) -> str | None:
        """Why it failed, or what it is paused for."""
        return self.data.get("statusReason")

    @property
    def counts(self) -> RecordCounts:
        return RecordCounts(**{name: self.data["records"][name] for name in RecordCounts._fields})

    @property
    def is_active(self) -> bool:
        """Whether it goes on by itself. One that is PAUSED does not."""
        return self.status in _ACTIVE

    @property
    def is_over(self) -> bool:
        return not self.is_active and self.status != "PAUSED"

    def refresh(self) -> Run:
        """Asks the service for its state; costs next to nothing while that has not changed."""
        data, self._etag = self._service.get_if_changed(self._path(), self._etag)
        if data is not None:
            self.data = data
        return self

    def wait(self, timeout: float | None = None, *, watch: bool = False) -> Run:
        """Returns when it is over, or PAUSED, which lasts until somebody resumes it; also over restarts of the service.

        timeout is in seconds; WaitTimedOut is raised after it, and the run goes on. watch shows a progress bar where
        there is a terminal or a notebook.
        """
        from datapipeline_client.progress import watched_progress

        started = time.monotonic()
        pause = _FIRST_PAUSE
        with watched_progress(watch) as progress:
            while self.refresh().is_active:
                progress.show_run(self.data)
                if timeout is not None and time.monotonic() - started + pause > timeout:
                    raise WaitTimedOut(f"The run {self.id} is {self.status} after {timeout:g} seconds; it goes on.")
                time.sleep(pause)
                pause = min(1.2 * pause, _LONGEST_PAUSE)
            progress.show_run(self.data)
        return self

    def results(
        self,
        *,
        view: str = "final",
        columns: list[str] | None = None,
        fields: list[str] | None = None,
        **filters: Any,
    ) -> Results:
        """Final values of the records that succeeded; `view="states"` is every stage of every record.

        columns makes a row for every record: index, status, attempt, error, raw, stages, value.
        fields keeps these keys only.
        filters are those of the API, such as status="FAILED", and its options of CSV.
        """
        chosen = {"columns": ",".join(columns)} if columns else {"view": view}
        query = {**chosen, "field": fields, **api_names(filters)}
        finished = self.data["finishedAt"]

        def is_unchanged() -> bool:
            return finished is not None and self._service.get(self._path())["finishedAt"] == finished

        return Results(self._service, self._path("results"), query, is_unchanged)

    def records(self, status: str | None = None, **filters: Any) -> Iterator[dict[str, Any]]:
        """Records with raw value, stages and error, page by page; filters as in the API: `q`, `step`, `sort_by`, …"""
        query = {"status": status, **api_names(filters), "limit": _PAGE}
        offset = int(filters.get("offset", 0))
        while True:
            page = self._service.get(self._path("records"), {**query, "offset": offset})
            yield from page["items"]
            offset += len(page["items"])
            if not page["items"] or (page["total"] is not None and offset >= page["total"]):
                return

    def failures(self) -> list[dict[str, Any]]:
        """Failed records by cause, the most frequent first: `id`, `count`, `type`, `message`, `step`, `line`, …"""
        return self._service.get(self._path("failures"))["items"]

    def skips(self) -> list[dict[str, Any]]:
        """Skipped records grouped by reason."""
        return self._service.get(self._path("skips"))["items"]

    def retry(
        self,
        pipeline: PipelineSource | None = None,
        *,
        cause: str | None = None,
        llm: dict[str, Any] | None = None,
        watch: bool = True,
    ) -> Run:
        """Runs failed and cancelled records again, in this run, and waits.

        pipeline brings corrected scripts; cause, the `id` of a failure, chooses the records that failed so.
        """
        order: dict[str, Any] = {} if pipeline is None else pipeline_fields(self._service, pipeline)
        order.update({name: value for name, value in (("cause", cause), ("llm", llm)) if value is not None})
        self._changed("retry", order)
        return self.wait(watch=True) if watch else self

    def cancel(self) -> Run:
        """Finished results are kept."""
        return self._changed("cancel", None, repeatable=True)

    def resume(self, budget: str | None = None) -> Run:
        """Lets a run go on that is paused; budget is the money of the whole run, in dollars as a text."""
        return self._changed("resume", {} if budget is None else {"budget": budget}, repeatable=True)

    def delete(self) -> None:
        """With its results; it has to be over."""
        self._service.delete(self._path())

    def _changed(self, what: str, order: dict[str, Any] | None, *, repeatable: bool = False) -> Run:
        self.data = self._service.post(self._path(what), order, repeatable=repeatable)
        self._etag = None
        return self

    def _path(self, *more: str) -> str:
        return "/".join(["/api/v1/runs", self.id, *more])
