"""The pipeline as the service sends it. A `Pipeline` that exists is valid."""

import json
import os.path
from dataclasses import dataclass
from typing import Any, Self

from pipeline_engine.protocol.limits import MEBIBYTE, RECORDS_IN_FLIGHT_LIMIT

STAGES_LIMIT = 150
RECORD_TIMEOUT_LIMIT = 3600.0
"""Seconds; the duration of a stage is sent as 32 bits of microseconds, which hold a little more."""

_PORT_LIMIT = 65_535
_VARIABLES_LIMIT = 100
_VARIABLE_BYTES = 8192
_PATH_BYTES = 1024

STAGE_NAMES = ("pre", "main", "post")


class InvalidPipeline(ValueError):
    """The PIPELINE frame breaks a rule of the protocol."""


@dataclass(frozen=True, slots=True)
class StageScript:
    """One script at its place in the pipeline.

    `filename` is its name for Python, unique among the scripts of the pipeline.
    """

    ordinal: int
    step: str
    stage: str
    name: str
    source: str
    filename: str


@dataclass(frozen=True, slots=True)
class Outbound:
    """Scripts may call out of the sandbox: the port of 127.0.0.1 where they find the relay, and their environment."""

    port: int
    environment: dict[str, str]


@dataclass(frozen=True, slots=True)
class Environment:
    """The packages of a pipeline: the folder that holds them in the sandbox."""

    path: str


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Stages in running order, with the limits that hold for each record and batch. Times in seconds."""

    stages: tuple[StageScript, ...]
    record_timeout: float = 60.0
    record_concurrency: int = 1
    keeps_every_stage: bool = True
    load_timeout: float = 30.0
    result_limit: int = 16 * MEBIBYTE
    crashes_limit: int = 20
    log_limit: int = 131_072
    outbound: Outbound | None = None
    environment: Environment | None = None

    @property
    def values_kept(self) -> int:
        """How many values the result of a record has that succeeded."""
        return len(self.stages) if self.keeps_every_stage else 1

    def mentions(self, word: str) -> bool:
        """Whether the source of any script contains the word."""
        return any(word in stage.source for stage in self.stages)

    @classmethod
    def parse(cls, payload: bytes) -> Self:
        """Read a PIPELINE payload; raises InvalidPipeline."""
        try:
            document = json.loads(payload)
            return cls._from_document(document)
        except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as problem:
            raise InvalidPipeline(f"not a pipeline: {problem!r}") from None

    @classmethod
    def _from_document(cls, document: dict[str, Any]) -> Self:
        trace = document.get("trace", "all")
        if trace not in ("all", "final"):
            raise ValueError("trace is neither all nor final")
        return cls(
            stages=_stages(document["steps"]),
            record_timeout=_bounded(document.get("recordTimeoutSeconds", 60), 0.001, RECORD_TIMEOUT_LIMIT),
            record_concurrency=_whole(document.get("recordConcurrency", 1), 1, RECORDS_IN_FLIGHT_LIMIT),
            keeps_every_stage=trace == "all",
            load_timeout=_bounded(document.get("loadTimeoutSeconds", 30), 0.001, RECORD_TIMEOUT_LIMIT),
            result_limit=_whole(document.get("maxResultBytes", 16 * MEBIBYTE), 2, 16 * MEBIBYTE),
            crashes_limit=_whole(document.get("maxCrashesPerBatch", 20), 0, 1_000_000),
            log_limit=_whole(document.get("maxLogBytes", 131_072), 1024, 16 * MEBIBYTE),
            outbound=_outbound(document["outbound"]) if "outbound" in document else None,
            environment=read_environment(document["environment"]) if "environment" in document else None,
        )


def _bounded(value: Any, least: float, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise ValueError(f"{value!r} is not a number from {least} to {most}")
    return value


def _whole(value: Any, least: int, most: int) -> int:
    number = _bounded(value, least, most)
    if not isinstance(number, int):
        raise ValueError(f"{value!r} is not a whole number")
    return number


def _outbound(document: dict[str, Any]) -> Outbound:
    if document.keys() != {"port", "environment"}:
        raise ValueError("outbound is not made of port and environment")
    environment = document["environment"]
    if len(environment) > _VARIABLES_LIMIT:
        raise ValueError(f"{len(environment)} variables")
    for name, value in environment.items():
        if not name or "=" in name or "\0" in name + value or len((name + value).encode()) > _VARIABLE_BYTES:
            raise ValueError(f"{name!r} cannot be in an environment")
    return Outbound(_whole(document["port"], 1, _PORT_LIMIT), dict(environment))


def read_environment(document: dict[str, Any]) -> Environment:
    """The environment in a document; raises ValueError if it is none."""
    if document.keys() != {"path"}:
        raise ValueError("environment is not made of a path")
    path = document["path"]
    if not path.startswith("/") or path != os.path.normpath(path) or "\0" in path or len(path.encode()) > _PATH_BYTES:
        raise ValueError(f"{path!r} is not the path of an environment")
    return Environment(path)


def _stages(steps: list[dict[str, Any]]) -> tuple[StageScript, ...]:
    found = [
        (step["name"], stage["stage"], stage["script"], stage["source"]) for step in steps for stage in step["stages"]
    ]
    if not 1 <= len(found) <= STAGES_LIMIT:
        raise ValueError(f"{len(found)} stages")
    for entry in found:
        if not all(isinstance(text, str) for text in entry) or entry[1] not in STAGE_NAMES:
            raise ValueError("a stage is not made of texts")
    names = [script for _, _, script, _ in found]
    return tuple(
        StageScript(
            ordinal=ordinal,
            step=step,
            stage=stage,
            name=script,
            source=source,
            filename=script if names.count(script) == 1 else f"{step}/{stage}/{script}",
        )
        for ordinal, (step, stage, script, source) in enumerate(found)
    )
