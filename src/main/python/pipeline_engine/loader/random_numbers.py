"""Random numbers that differ from batch to batch, unless a script has seeded them.

A batch process is a fork of the loader, and so is its copy of every generator that a script made while it was
imported. What Python seeded by itself is seeded anew after the fork; what the script seeded goes on from its seed in
every batch. `random` sees to its own functions (`random.random()` and the like) after a fork, but seeds them even
where the script had done so.

`random` is not imported here: once it is, seeding its generator is a tenth of the work of a small batch.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

if TYPE_CHECKING:
    from random import Random


class Generators:
    """The generators of `random` that exist in this process, from `watch` on."""

    def __init__(self) -> None:
        self._self_seeded: WeakValueDictionary[int, Random] = WeakValueDictionary()
        self._shared: Random | None = None
        self._shared_state: tuple[Any, ...] | None = None

    def watch(self) -> None:
        """Note from now on who seeds a generator: Python or a script."""
        module = sys.modules.get("random")
        if module is None:
            sys.meta_path.insert(0, self)
        else:
            self._watch(module)

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """As a finder of modules: hear of the import of `random`."""
        if name != "random":
            return None
        sys.meta_path.remove(self)
        spec = PathFinder.find_spec(name)
        if spec is not None and spec.loader is not None:
            execute = spec.loader.exec_module

            def execute_and_watch(module: ModuleType) -> None:
                execute(module)
                self._watch(module)

            spec.loader.exec_module = execute_and_watch
        return spec

    def _watch(self, module: Any) -> None:
        self_seeded = self._self_seeded
        original_seed, original_setstate = module.Random.seed, module.Random.setstate

        @functools.wraps(original_seed)
        def seed(generator: Random, a: Any = None, version: int = 2) -> None:
            original_seed(generator, a, version)
            if a is None:
                self_seeded[id(generator)] = generator
            else:
                self_seeded.pop(id(generator), None)

        @functools.wraps(original_setstate)
        def setstate(generator: Random, state: tuple[Any, ...]) -> None:
            original_setstate(generator, state)
            self_seeded.pop(id(generator), None)

        module.Random.seed, module.Random.setstate = seed, setstate
        # The functions of the module are methods of one generator, bound when it was imported.
        self._shared = shared = module.random.__self__
        self_seeded[id(shared)] = shared
        module.seed, module.setstate = shared.seed, shared.setstate

    def remember(self) -> None:
        """To be called once the scripts are imported: keep what they did to the functions of `random`."""
        if self._shared is not None:
            was_self_seeded = self._self_seeded.pop(id(self._shared), None) is not None
            self._shared_state = None if was_self_seeded else self._shared.getstate()

    def refresh(self) -> None:
        """In a fork: seed anew what Python has seeded, and nothing else."""
        if self._shared is not None and self._shared_state is not None:
            self._shared.setstate(self._shared_state)
        for generator in list(self._self_seeded.values()):
            generator.seed()
