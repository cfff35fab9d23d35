from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any
from uuid import UUID

from datapipeline_client.datasets import Datasets
from datapipeline_client.errors import InvalidInput
from datapipeline_client.files.credentials import credentials
from datapipeline_client.files.pipeline_choice import PipelineSource, pipeline_fields
from datapipeline_client.files.uploads import DatasetSource
from datapipeline_client.http.bodies import JsonBody
from datapipeline_client.http.service import Service
from datapipeline_client.pages import api_names, items_of, whole_id
from datapipeline_client.pipelines import Pipelines
from datapipeline_client.run import Run
from datapipeline_client.trial import Trial

_RUNS = "/api/v1/runs"
_MOST_OF_A_TRIAL = 100


class Client:
    """A service and what one may do there.

    Without arguments it works with the service that DATAPIPELINE_URL or `datapipeline login` names, and its key.
    Requests are repeated for up to `patience` seconds while the service restarts or is busy, where that is safe;
    `timeout` is the longest that it may be silent, in seconds. Threads may share a client, and not a `Run`.
    """

    def __init__(
        self,
        url: str | None = None,
        api_key: str | None = None,
        *,
        project: str | None = None,
        patience: float = 300,
        timeout: float = 300,
    ) -> None:
        known = credentials(url, api_key, project)
        self._service = Service(known.url, known.api_key, known.project, patience=patience, timeout=timeout)
        self.datasets = Datasets(self._service)
        self.pipelines = Pipelines(self._service)

    @property
    def url(self) -> str:
        return self._service.address.url

    def me(self) -> dict[str, Any]:
        """Who the service takes the caller for: `username`, `role`, `singleUser`."""
        return self._service.get("/api/v1/me")

    def run(
        self,
        pipeline: PipelineSource,
        dataset: DatasetSource | UUID,
        *,
        name: str | None = None,
        packages: Iterable[str] | None = None,
        llm: Mapping[str, Any] | None = None,
        reading: Mapping[str, str] | None = None,
        watch: bool = True,
        show_upload: bool | None = None,
        **options: Any,
    ) -> Run:
        """Uploads a dataset, runs a pipeline over it, and waits until it is over, with a progress bar on a terminal.

        pipeline is a folder or its pipeline.json, the name or id of a saved pipeline (`name@3` is its version 3), or a
        dict. dataset is a path, an open binary file, records, a data frame, or the UUID of one that is there already.
        reading says how the file is read, as in `datasets.upload`: `{"sheet": "Orders"}`.
        packages are requirements such as `pandas>=2`; llm says which models scripts may call. With watch=False it
        returns as soon as the run is submitted. Other options as in the API: batch_size=10, record_concurrency=8,
        record_timeout_seconds=300, tolerated_failures="5%", max_parallel_batches=2.
        """
        from datapipeline_client.progress import watched_progress

        order: dict[str, Any] = {"name": name, **pipeline_fields(self._service, pipeline), **api_names(options)}
        order["llm"] = None if llm is None else dict(llm)
        order["environment"] = None if packages is None else {"packages": list(packages)}
        if isinstance(dataset, UUID):
            order["datasetId"] = str(dataset)
        else:
            with watched_progress(watch if show_upload is None else show_upload) as progress:
                sent = progress.sending(dataset)
                order["datasetId"] = self.datasets.upload(dataset, name, on_sent=sent, **(reading or {}))["id"]
        run = self.submit(order)
        return run.wait(watch=True) if watch else run

    def submit(self, order: Mapping[str, Any]) -> Run:
        """A run as the API takes it, of a dataset that was uploaded before. Sent twice, it is the same run."""
        given = {name: value for name, value in order.items() if value is not None}
        return Run(self._service, self._service.create(_RUNS, JsonBody(given)))

    def try_(
        self,
        pipeline: PipelineSource,
        records: Iterable[Mapping[str, Any]],
        *,
        packages: Iterable[str] | None = None,
        llm: Mapping[str, Any] | None = None,
    ) -> Trial:
        """What a pipeline makes of up to 100 records, at once and without a run."""
        tried = [dict(record) for record in islice(records, _MOST_OF_A_TRIAL + 1)]
        if len(tried) > _MOST_OF_A_TRIAL:
            raise InvalidInput(f"A trial takes {_MOST_OF_A_TRIAL} records; make a run for more.")
        fields = pipeline_fields(self._service, pipeline)
        order = {"pipeline": fields.get("pipeline") or self._definition(fields), "records": tried}
        if llm is not None:
            order["llm"] = dict(llm)
        if packages is not None:
            order["environment"] = {"packages": list(packages)}
        return Trial(self._service.post("/api/v1/try", order))

    def runs(self, *, limit: int | None = None, **filters: Any) -> Iterator[Run]:
        """Runs, the newest first; filters are those of the API: `status`, `q`, `pipeline`, `since`, `sort`, …"""
        return (Run(self._service, data) for data in items_of(self._service, _RUNS, filters, limit))

    def get_run(self, id: str) -> Run:
        """By its id, the beginning of it, or `latest` for the newest one."""
        if id == "latest":
            newest = next(self.runs(limit=1), None)
            if newest is None:
                raise InvalidInput("There is no run yet.")
            id = newest.id
        return Run(self._service, self._service.get(f"{_RUNS}/{whole_id(self._service, _RUNS, id)}"))

    def _definition(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        saved = self.pipelines.get(fields["pipelineId"], fields.get("pipelineVersion"))
        names = ("name", "description", "steps", "llm", "environment")
        return {name: saved[name] for name in names if saved.get(name) is not None}
