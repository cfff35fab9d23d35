"""Random numbers that differ from batch to batch, unless a script has seeded them.

A batch process is a fork of the loader, and so is its copy of every generator that a script made while it was
imported. What Python seeded by itself is seeded anew after the fork; what the script seeded goes on from its seed in
every batch. `random` sees to its own functions (`random.random()` and the like) after a fork, but seeds them even
where the script had done so.
"""

import functools
import random
from typing import Any
from weakref import WeakValueDictionary

_State = tuple[Any, ...]


class Generators:
    """The generators of `random` that exist in this process, from `watch` on."""

    def __init__(self) -> None:
        self._self_seeded: WeakValueDictionary[int, random.Random] = WeakValueDictionary()
        self._shared = _shared_generator()
        self._shared_state: _State | None = None

    def watch(self) -> None:
        """Note from now on who seeds a generator: Python or a script."""
        self_seeded = self._self_seeded
        self_seeded[id(self._shared)] = self._shared
        original_seed, original_setstate = random.Random.seed, random.Random.setstate

        @functools.wraps(original_seed)
        def seed(generator: random.Random, a: Any = None, version: int = 2) -> None:
            original_seed(generator, a, version)
            if a is None:
                self_seeded[id(generator)] = generator
            else:
                self_seeded.pop(id(generator), None)

        @functools.wraps(original_setstate)
        def setstate(generator: random.Random, state: _State) -> None:
            original_setstate(generator, state)
            self_seeded.pop(id(generator), None)

        random.Random.seed = seed  # type: ignore[method-assign]
        random.Random.setstate = setstate  # type: ignore[method-assign]
        # The functions of the module are bound methods, made when it was imported.
        random.seed, random.setstate = self._shared.seed, self._shared.setstate

    def remember(self) -> None:
        """To be called once the scripts are imported: keep what they did to the functions of `random`."""
        was_self_seeded = self._self_seeded.pop(id(self._shared), None) is not None
        self._shared_state = None if was_self_seeded else self._shared.getstate()

    def refresh(self) -> None:
        """In a fork: seed anew what Python has seeded, and nothing else."""
        if self._shared_state is not None:
            self._shared.setstate(self._shared_state)
        for generator in list(self._self_seeded.values()):
            generator.seed()


def _shared_generator() -> random.Random:
    """The generator behind the functions of `random`."""
    shared = random.random.__self__
    assert isinstance(shared, random.Random)
    return shared
