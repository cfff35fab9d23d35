"""What scripts leave behind: processes and, in a sandbox, files."""

import os
from collections.abc import Collection

from pipeline_engine.linux.processes import kill_leftovers, resume, threads_and_children_of
from pipeline_engine.linux.temporary_files import TemporaryFiles
from pipeline_engine.supervisor.loader_handle import LoaderHandle


class Leftovers:
    """Restores the state of the sandbox from when the scripts were loaded.

    `spared` holds the process ids of helper processes, which are not killed; it may change. Files are removed only in
    a sandbox: outside of one the folders belong to others too.
    """

    def __init__(self, spared: Collection[int] = ()) -> None:
        self._spared = spared
        self._temporary_files = TemporaryFiles() if os.getpid() == 1 else None

    def keep_present(self, loader: LoaderHandle) -> None:
        """The scripts are loaded: kill all processes but the loader, and keep the files that exist now."""
        self._kill_all_but(loader)
        loader.threads_and_children = threads_and_children_of(loader.number)
        if self._temporary_files is not None:
            self._temporary_files.keep_present()

    def clear(self, loader: LoaderHandle | None) -> None:
        """Kill all processes of scripts but the loader, and remove the files made since `keep_present`."""
        self._kill_all_but(loader)
        if (
            loader is not None
            and loader.is_loaded
            and threads_and_children_of(loader.number) != loader.threads_and_children
        ):
            # A function that an import registered to run at forks has started a thread or process in the loader.
            loader.dismiss()
        if self._temporary_files is not None:
            self._temporary_files.clear()

    def _kill_all_but(self, loader: LoaderHandle | None) -> None:
        kill_leftovers({*self._spared, loader.number} if loader is not None else set(self._spared))
        for helper in self._spared:
            resume(helper)
