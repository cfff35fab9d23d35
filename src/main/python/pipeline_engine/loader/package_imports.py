"""Notices imports from the folder of packages, and the threads that they leave behind."""

import os
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

from pipeline_engine.linux.processes import count_threads


class PackageImports:
    """As a finder of modules: finds what Python would find, and watches the execution of modules from the folder.

    `threads_started` holds, by the name of a module, how many threads there were more after its execution than before,
    without those of modules that it has imported in turn. `noted` are the modules executed since `begin_noting`.
    """

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.threads_started: dict[str, int] = {}
        self.noted: list[str] = []
        self._is_noting = False
        self._environment: dict[str, str] = {}
        self._depth = 0
        self._started_within = 0

    def watch(self) -> None:
        """From now on, in this process and its forks."""
        sys.meta_path.insert(sys.meta_path.index(PathFinder), self)

    def begin_noting(self) -> None:
        """Note what forks of this process import, as long as they would import the same here.

        Once a script has set an environment variable that is no longer certain.
        """
        self.noted.clear()
        self._environment = dict(os.environ)
        self._is_noting = True

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None and (spec.origin or "").startswith(f"{self.folder}/"):
            self._watch_execution(spec.loader)
        return spec

    def _watch_execution(self, loader: Any) -> None:
        execute = loader.exec_module

        def execute_and_watch(module: ModuleType) -> None:
            del loader.exec_module
            self._enter()
            before, outer, self._started_within = count_threads(), self._started_within, 0
            try:
                execute(module)
                self._note(module.__name__)
            finally:
                started = count_threads() - before
                if started > self._started_within:
                    self.threads_started[module.__name__] = started - self._started_within
                self._started_within = outer + started
                self._leave()

        loader.exec_module = execute_and_watch

    def _enter(self) -> None:
        if self._is_noting and not self._depth and os.environ.copy() != self._environment:
            self._is_noting = False
        self._depth += 1

    def _note(self, name: str) -> None:
        if self._is_noting:
            self.noted.append(name)

    def _leave(self) -> None:
        self._depth -= 1
        if self._is_noting and not self._depth:
            # Variables that modules set themselves they would set here too.
            self._environment = os.environ.copy()
