"""Random numbers that differ from batch to batch, unless a script has seeded them.

A batch process inherits every generator that a script made at import. After the fork, generators that Python seeded get
a new seed; generators that the script seeded continue from its seed in every batch. `random` reseeds its module-level
functions after a fork by itself, even if the script had seeded them, which is undone here.

`random` is not imported here: once it is, seeding its generator takes a tenth of the time of a small batch.
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
    def __init__(self) -> None:
        self._self_seeded: WeakValueDictionary[int, Random] = WeakValueDictionary()
        self._shared: Random | None = None
        self._shared_state: tuple[Any, ...] | None = None
        self._remembers = False

    def watch(self) -> None:
        """Note from now on whether Python or a script seeds a generator."""
        module = sys.modules.get("random")
        if module is None:
            sys.meta_path.insert(0, self)
        else:
            self._watch(module)

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """As a finder of modules: notice the import of `random`."""
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
        # The functions of the module are methods of one generator.
        self._shared = shared = module.random.__self__
        self_seeded[id(shared)] = shared
        module.seed, module.setstate = shared.seed, shared.setstate

    def remember(self) -> None:
        """After imports: note the seed that a script has given to the generator of the module."""
        if self._shared is not None and not self._remembers:
            self._remembers = True
            was_self_seeded = self._self_seeded.pop(id(self._shared), None) is not None
            self._shared_state = None if was_self_seeded else self._shared.getstate()

    @property
    def is_imported(self) -> bool:
        """Whether there can be generators to refresh."""
        return self._shared is not None

    def refresh(self) -> None:
        """In a fork: reseed only the generators that Python had seeded."""
        if self._shared is not None and self._shared_state is not None:
            self._shared.setstate(self._shared_state)
        for generator in list(self._self_seeded.values()):
            generator.seed()
