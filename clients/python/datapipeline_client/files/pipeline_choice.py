from __future__ import annotations

import os
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import Any, Union

from datapipeline_client.errors import InvalidInput
from datapipeline_client.files.pipeline_folder import read_pipeline
from datapipeline_client.http.service import Service
from datapipeline_client.pages import whole_id

# A folder or pipeline.json, the name or id of a saved pipeline, or a pipeline as the API takes it.
PipelineSource = Union[str, "PathLike[str]", Mapping[str, Any]]


def pipeline_fields(service: Service, source: PipelineSource) -> dict[str, Any]:
    """The fields with which a run says its pipeline. A text is a path where there is such a file or folder.

    `NAME@3` is version 3 of a saved pipeline.
    """
    if isinstance(source, Mapping):
        return {"pipeline": dict(source)}
    path = Path(source)
    if path.exists():
        return {"pipeline": read_pipeline(path)}
    if not isinstance(source, str) or source.endswith(".json") or os.sep in source:
        raise InvalidInput(f"There is no file or folder {source}.")
    name, _, version = source.rpartition("@")
    if name and version.isdigit():
        return {"pipelineId": saved_id(service, name), "pipelineVersion": int(version)}
    return {"pipelineId": saved_id(service, source)}


def saved_id(service: Service, said: str) -> str:
    """The id of a saved pipeline by its id, the beginning of it, or its name."""
    return whole_id(service, "/api/v1/pipelines", said, names=True)
