from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from os import PathLike
from pathlib import Path
from typing import Any, NamedTuple

from datapipeline_client.errors import NotFound, VersionConflict
from datapipeline_client.files.pipeline_choice import saved_id
from datapipeline_client.files.pipeline_folder import DEFINITION, read_pipeline, write_pipeline
from datapipeline_client.files.pipeline_state import PipelineState, digest_of, read_state, write_state
from datapipeline_client.http.address import segment
from datapipeline_client.http.service import Service
from datapipeline_client.pages import items_of

_PATH = "/api/v1/pipelines"


class Synced(NamedTuple):
    """A folder and the saved pipeline that it is equal to now; `changed` says whether anything was written."""

    id: str
    name: str
    version: int
    changed: bool


class Pipelines:
    """The saved pipelines of a service."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def list(self, *, limit: int | None = None, **filters: Any) -> Iterator[dict[str, Any]]:
        """Without their scripts; filters are those of the API: `q`, `tag`, `starred`, `sort`."""
        return items_of(self._service, _PATH, filters, limit)

    def get(self, name_or_id: str, version: int | None = None) -> dict[str, Any]:
        """With its scripts, in the latest version unless told otherwise."""
        return self._service.get(f"{_PATH}/{segment(saved_id(self._service, name_or_id))}", {"version": version})

    def save(self, pipeline: Mapping[str, Any]) -> dict[str, Any]:
        """Saves a new pipeline, as the API takes it."""
        return self._service.post(_PATH, dict(pipeline))

    def update(self, id: str, pipeline: Mapping[str, Any], *, update_packages: bool = False) -> dict[str, Any]:
        """Saves a new version."""
        query = {"updatePackages": True} if update_packages else {}
        return self._service.put(f"{_PATH}/{segment(id)}", dict(pipeline), query)

    def delete(self, id: str) -> None:
        """With all its versions; its runs stay."""
        self._service.delete(f"{_PATH}/{segment(id)}")

    def pull(
        self, name_or_id: str, folder: str | PathLike[str], *, version: int | None = None, force: bool = False
    ) -> Synced:
        """Writes a saved pipeline into a folder: pipeline.json and its scripts.

        Raises VersionConflict where the folder holds changes that were not pushed, unless force is true.
        """
        saved = self.get(name_or_id, version)
        target = Path(folder)
        wanted = digest_of(saved)
        present = digest_of(read_pipeline(target)) if (target / DEFINITION).exists() else None
        if present not in (None, wanted):
            known = read_state(target, self._service.address.url)
            if not force and (known is None or (known.id, known.digest) != (saved["id"], present)):
                raise VersionConflict(
                    f"{target} holds another pipeline, or changes that were not pushed. Keep them elsewhere (git "
                    "does), then pull with --force, which replaces them."
                )
        if present != wanted:
            write_pipeline(target, saved)
        return self._synced(target, saved, changed=present != wanted)

    def push(self, folder: str | PathLike[str], *, force: bool = False) -> Synced:
        """Saves what is in a folder: as a new pipeline, as a new version, or not at all where nothing changed.

        Raises VersionConflict where somebody saved a version that the folder has not seen, unless force is true.
        """
        source = Path(folder)
        pipeline = read_pipeline(source)
        known = read_state(source, self._service.address.url)
        latest = self._latest(known, pipeline["name"])
        if latest is None:
            return self._synced(source, self.save(pipeline), changed=True)
        if digest_of(latest) == digest_of(pipeline):
            return self._synced(source, latest, changed=False)
        if not force and (known is None or (known.id, known.version) != (latest["id"], latest["version"])):
            seen = f"the folder knows version {known.version}" if known else "the folder was never pulled or pushed"
            raise VersionConflict(
                f"{latest['name']} has version {latest['version']} of {latest['updatedAt']}; {seen}. Pull it into "
                "another folder and compare, or push with --force, which makes your files the next version."
            )
        saved = self.update(latest["id"], pipeline)
        if not force and saved["version"] != latest["version"] + 1:
            raise VersionConflict(
                f"Somebody saved version {saved['version'] - 1} of {saved['name']} at the same moment; yours is "
                f"version {saved['version']}. Nothing is lost: compare both, and push again."
            )
        return self._synced(source, saved, changed=True)

    def _latest(self, known: PipelineState | None, name: str) -> dict[str, Any] | None:
        """The pipeline that the folder knows, unless it was deleted; else the one of this name, if there is one."""
        if known is not None:
            with suppress(NotFound):
                return self.get(known.id)
        id = self._id_by_name(name)
        return None if id is None else self.get(id)

    def _id_by_name(self, name: str) -> str | None:
        same = [item["id"] for item in self.list(q=name) if item["name"] == name]
        if len(same) > 1:
            raise VersionConflict(
                f"{len(same)} saved pipelines are called {name}: {', '.join(same[:5])}. Pull the right one by its id."
            )
        return same[0] if same else None

    def _synced(self, folder: Path, saved: dict[str, Any], *, changed: bool) -> Synced:
        state = PipelineState(saved["id"], saved["version"], digest_of(read_pipeline(folder)))
        write_state(folder, self._service.address.url, state)
        return Synced(saved["id"], saved["name"], saved["version"], changed)
