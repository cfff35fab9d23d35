"""Processes that scripts start in a new interpreter: the start methods `spawn` and `forkserver`.

Such a process imports the file of `__main__` again, then the module of the function that it runs. Scripts have no
files, so `__main__` is a short program in memory that makes their modules importable.
"""

import builtins
import fcntl
import os
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

from pipeline_engine.protocol.pipeline import Pipeline
from pipeline_engine.scripts.modules import Source, module_name
from pipeline_engine.scripts.script_errors import SkipRecord

_UNCHANGEABLE = fcntl.F_SEAL_SEAL | fcntl.F_SEAL_WRITE | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW


class SpawnedProcesses:
    def __init__(self, pipeline: Pipeline) -> None:
        scripts = {module_name(stage): Source(stage.source, stage.filename) for stage in pipeline.stages}
        plain = {name: tuple(script) for name, script in scripts.items()}
        program = f"from {__name__} import provide\nprovide({plain!r})\n"
        self._descriptor = os.memfd_create("scripts", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        os.write(self._descriptor, program.encode("utf-8", "surrogatepass"))
        # Sealed, because all batch processes share it.
        fcntl.fcntl(self._descriptor, fcntl.F_ADD_SEALS, _UNCHANGEABLE)
        self._engine = sys.modules["__main__"]

    def install(self) -> None:
        """Replace `__main__` in this process and its forks."""
        main: Any = ModuleType("__main__")
        main.__getattr__ = self._attribute
        sys.modules["__main__"] = main

    def _attribute(self, name: str) -> str:
        if name != "__file__":
            raise AttributeError(f"module '__main__' has no attribute {name!r}")
        # Made when it is asked for, because each batch process has another number.
        return f"/proc/{os.getpid()}/fd/{self._descriptor}"


def provide(scripts: dict[str, tuple[str, str]]) -> None:
    """In the new interpreter: make scripts importable under their names in the loader."""
    builtins.__dict__["SkipRecord"] = SkipRecord
    sys.meta_path.append(_ScriptFinder({name: Source(*script) for name, script in scripts.items()}))


class _ScriptFinder:
    def __init__(self, scripts: dict[str, Source]) -> None:
        self._scripts = scripts

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name not in self._scripts:
            return None
        # Not a subclass of importlib.abc.Loader, whose import takes longer than all of this.
        loader: Any = _ScriptLoader(self._scripts[name])
        return ModuleSpec(name, loader)


class _ScriptLoader:
    def __init__(self, script: Source) -> None:
        self._script = script

    def create_module(self, spec: Any) -> None:
        """The usual kind of module."""

    def exec_module(self, module: ModuleType) -> None:
        module.__file__ = self._script.filename
        exec(self._script.compile(), module.__dict__)
