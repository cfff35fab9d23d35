"""The writable folders of a sandbox, brought back after every process to what they were when the scripts were loaded.

Only for a sandbox: outside of one these folders belong to others too. All processes of scripts must be dead.
"""

import os
from collections.abc import Iterable
from itertools import count

FOLDERS = ("/tmp", "/dev/shm", "/var/tmp", "/dev/mqueue")
"""The last one: a message queue is made by opening a file there, whatever the filter of system calls says."""

_ALL_RIGHTS = 0o700
_NAME_BYTES = 8


class TemporaryFiles:
    """Remembers the entries of some folders and removes all others, however they are nested or protected."""

    def __init__(self, folders: Iterable[str] = FOLDERS) -> None:
        self._kept: dict[str, set[str]] = {folder: set() for folder in folders}

    def keep_present(self) -> None:
        """Whatever is there now stays."""
        for folder in self._kept:
            self._kept[folder] = {entry.name for entry in _entries(folder)}

    def clear(self) -> None:
        """Remove whatever is not kept, as far as this user may."""
        for folder, kept in self._kept.items():
            for entry in _entries(folder):
                if entry.name not in kept:
                    _remove(entry, folder)


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def _remove(entry: os.DirEntry[str], top: str) -> None:
    try:
        if entry.is_dir(follow_symlinks=False):
            _remove_tree(entry.path, top)
        else:
            os.unlink(entry.path)
    except OSError:
        # Not ours, or of a kind that cannot be removed: then the script could not have made it either.
        return


def _remove_tree(root: str, top: str) -> None:
    """Without recursion and without long paths: folders within folders are first moved up beside the root."""
    # A name that a script could guess would be taken already.
    prefix = f".cleared-{os.urandom(_NAME_BYTES).hex()}"
    names = count()
    folders = [root]
    while folders:
        folder = folders.pop()
        os.chmod(folder, _ALL_RIGHTS)
        for entry in _entries(folder):
            if not entry.is_dir(follow_symlinks=False):
                os.unlink(entry.path)
                continue
            os.chmod(entry.path, _ALL_RIGHTS)
            moved = os.path.join(top, f"{prefix}-{next(names)}")
            os.rename(entry.path, moved)
            folders.append(moved)
        os.rmdir(folder)
