"""The order to import modules of an environment before there is a pipeline."""

import json
from dataclasses import dataclass
from typing import Self

from pipeline_engine.protocol.pipeline import Environment, InvalidPipeline, read_environment

MODULES_LIMIT = 64
NAME_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Priming:
    environment: Environment
    modules: tuple[str, ...]

    @classmethod
    def parse(cls, payload: bytes) -> Self:
        """Read a PRIME payload; raises InvalidPipeline."""
        try:
            document = json.loads(payload)
            modules = document.pop("modules")
            if not 1 <= len(modules) <= MODULES_LIMIT or not all(is_module_name(name) for name in modules):
                raise ValueError("modules are not names")
            return cls(read_environment(document), tuple(modules))
        except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as problem:
            raise InvalidPipeline(f"not a priming: {problem!r}") from None


def is_module_name(name: object) -> bool:
    return (
        isinstance(name, str)
        and len(name) <= NAME_LIMIT
        and name.isascii()
        and all(part.isidentifier() for part in name.split("."))
    )
