"""Modules of packages that batches import by themselves are imported once, in the loader.

A batch process tells which modules it has imported. The loader imports them before it forks the next one, where they
are then found imported. This happens in a fork of the loader, which takes its place only if all goes well: a module
that hangs, ends its process or leaves a thread is imported by the batches themselves, as before.
"""

import contextlib
import gc
import os
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module

from pipeline_engine.channels.learned_modules import LearnedModules
from pipeline_engine.linux.processes import (
    block_signals,
    has_threads_or_children,
    make_dumpable,
    make_undumpable,
    restore_signals,
)
from pipeline_engine.loader.clean_fork import continue_in_successor
from pipeline_engine.loader.memory_layout import fill_gaps
from pipeline_engine.loader.package_imports import PackageImports
from pipeline_engine.loader.packages import is_of_packages
from pipeline_engine.loader.threads_left import threads_left

_MODULES_LIMIT = 2000
_ROUNDS_LIMIT = 10
_SECONDS_LIMIT = 10.0
_SHARE_OF_LOAD_TIME = 3
_NUMPY_RANDOM = "numpy.random"

_PATCHERS = {"gevent", "eventlet"}
"""They replace parts of the standard library, which is to happen before other modules are imported."""


class Preload:
    """`after_imports` are the functions to call in the loader when it has imported more modules."""

    def __init__(
        self, imports: PackageImports, load_timeout: float, after_imports: Sequence[Callable[[], None]]
    ) -> None:
        self._imports = imports
        self._seconds = min(_SECONDS_LIMIT, load_timeout / _SHARE_OF_LOAD_TIME)
        self._after_imports = after_imports
        self._told = LearnedModules()
        self._tried: set[str] = set()
        self._rounds = 0
        self._has_imported_numpy = False
        imports.begin_noting()

    def begin_batch(self) -> None:
        """In a batch process: an import made for it must not have its random numbers repeat from batch to batch."""
        if self._has_imported_numpy:
            sys.modules[_NUMPY_RANDOM].seed()

    def end_batch(self) -> None:
        """In a batch process: tell the loader what was imported."""
        if self._imports.noted:
            self._told.tell(self._imports.noted)

    def import_what_was_told(self, channel: socket.socket, signals: bytes) -> None:
        """In the loader, while no batch process lives. `signals` is the mask with which scripts were imported."""
        told = self._told.take()
        names = [name for name in told if name not in self._tried and self._is_of_packages(name)]
        if (
            not names
            or not _PATCHERS.isdisjoint(told)
            or self._rounds == _ROUNDS_LIMIT
            or len(self._tried) + len(names) > _MODULES_LIMIT
        ):
            return
        self._rounds += 1
        self._tried.update(names)
        continue_in_successor(channel, lambda: self._import(names, signals), self._seconds)

    def _is_of_packages(self, name: str) -> bool:
        return name not in sys.modules and is_of_packages(name, self._imports.folder)

    def _import(self, names: Sequence[str], signals: bytes) -> bool:
        """In the successor; whether it can be forked after it has imported the modules."""
        had_numpy = _NUMPY_RANDOM in sys.modules
        with _silence():
            make_dumpable()
            restore_signals(signals)
            for name in names:
                with contextlib.suppress(BaseException):
                    import_module(name)
            block_signals()
            make_undumpable()
            for function in self._after_imports:
                function()
        self._has_imported_numpy |= not had_numpy and _NUMPY_RANDOM in sys.modules
        self._imports.begin_noting()
        gc.collect()
        fill_gaps()
        gc.freeze()
        return not threads_left() and not has_threads_or_children()


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    """Nothing is printed: what the modules print was in the log of the batch that imported them first."""
    kept = [os.dup(descriptor) for descriptor in (1, 2)]
    with open(os.devnull, "wb", buffering=0) as nothing:
        for descriptor in (1, 2):
            os.dup2(nothing.fileno(), descriptor)
    try:
        yield
    finally:
        for descriptor, copy in enumerate(kept, 1):
            os.dup2(copy, descriptor)
            os.close(copy)
