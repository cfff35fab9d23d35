"""What scripts leave behind: processes and, in a sandbox, files."""

import os
from collections.abc import Collection

from pipeline_engine.linux.processes import company_of, kill_leftovers
from pipeline_engine.linux.temporary_files import TemporaryFiles
from pipeline_engine.supervisor.loader_handle import LoaderHandle


class Leftovers:
    """Brings the sandbox back to what it was when the scripts were loaded.

    `spared` are ids of the supervisor's other children, which belong to no script. Files are left alone outside of a
    sandbox, where its folders belong to others too.
    """

    def __init__(self, spared: Collection[int] = ()) -> None:
        self._spared = frozenset(spared)
        self._temporary_files = TemporaryFiles() if os.getpid() == 1 else None

    def keep_present(self, loader: LoaderHandle) -> None:
        """The scripts are loaded: what is there now stays, but for processes."""
        kill_leftovers(self._spared | {loader.number})
        loader.company = company_of(loader.number)
        if self._temporary_files is not None:
            self._temporary_files.keep_present()

    def clear(self, loader: LoaderHandle | None) -> None:
        """Leave nothing of the scripts but the loader as it was, and what was there when it had loaded them."""
        kill_leftovers(self._spared | ({loader.number} if loader else set()))
        if loader is not None and loader.is_loaded and company_of(loader.number) != loader.company:
            # What an import has left to run at every fork has made a thread or a process in it.
            loader.dismiss()
        if self._temporary_files is not None:
            self._temporary_files.clear()
