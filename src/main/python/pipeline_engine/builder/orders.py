"""The orders of a build as the service sends them. An order that exists is valid."""

import json
from dataclasses import dataclass
from typing import Any, Self

from pipeline_engine.protocol.frames import ProtocolViolation

_REQUIREMENTS_LIMIT = 1000
_FILES_LIMIT = 100_000
_PROCESSES_LIMIT = 64
_SECONDS_LIMIT = 3600
_PORT_LIMIT = 65_535


@dataclass(frozen=True, slots=True)
class ResolveOrder:
    """Find the wheels that fulfil `requirements`, lines of PEP 508, at the index on a port of 127.0.0.1."""

    requirements: tuple[str, ...]
    requires_python: str
    port: int
    seconds: int

    @classmethod
    def parse(cls, payload: bytes) -> Self:
        """Read a RESOLVE payload; raises ProtocolViolation."""
        document = _document(payload, {"requirements", "requiresPython", "port", "timeoutSeconds"})
        requirements = _texts(document["requirements"], _REQUIREMENTS_LIMIT)
        for line in requirements:
            # Such a line would be an option of the installer.
            if not line or line.startswith("-") or "\n" in line or "\r" in line:
                raise ProtocolViolation(f"not a requirement: {line[:100]!r}")
        return cls(
            requirements,
            _texts([document["requiresPython"]], 1)[0],
            _whole(document["port"], _PORT_LIMIT),
            _whole(document["timeoutSeconds"], _SECONDS_LIMIT),
        )


@dataclass(frozen=True, slots=True)
class CompileOrder:
    """Compile `files`, relative to `folder`, as if they were in the folder `target`."""

    folder: str
    target: str
    files: tuple[str, ...]
    processes: int
    seconds: int

    @classmethod
    def parse(cls, payload: bytes) -> Self:
        """Read a COMPILE payload; raises ProtocolViolation."""
        document = _document(payload, {"folder", "target", "files", "processes", "timeoutSeconds"})
        folder, target = _texts([document["folder"], document["target"]], 2)
        return cls(
            folder,
            target,
            _texts(document["files"], _FILES_LIMIT),
            _whole(document["processes"], _PROCESSES_LIMIT),
            _whole(document["timeoutSeconds"], _SECONDS_LIMIT),
        )


def _document(payload: bytes, names: set[str]) -> dict[str, Any]:
    try:
        document = json.loads(payload)
    except (ValueError, RecursionError):
        raise ProtocolViolation("an order that is not JSON") from None
    if not isinstance(document, dict) or document.keys() != names:
        raise ProtocolViolation(f"an order that is not made of {sorted(names)}")
    return document


def _texts(values: Any, most: int) -> tuple[str, ...]:
    if not isinstance(values, list) or len(values) > most or not all(isinstance(value, str) for value in values):
        raise ProtocolViolation("an order with something else than texts")
    return tuple(values)


def _whole(value: Any, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
        raise ProtocolViolation(f"{value!r} is not a number from 1 to {most}")
    return value
