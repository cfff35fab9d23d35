"""Removes what scripts leave in the writable folders of a sandbox, once all processes of scripts are dead."""

import os
from collections.abc import Iterable
from itertools import count

FOLDERS = ("/tmp", "/dev/shm", "/var/tmp", "/dev/mqueue")
"""The last one holds message queues: opening a file there makes one, in spite of the filter of system calls."""

_ALL_RIGHTS = 0o700
_NAME_BYTES = 8


class TemporaryFiles:
    def __init__(self, folders: Iterable[str] = FOLDERS) -> None:
        self._kept: dict[str, set[str]] = {folder: set() for folder in folders}

    def keep_present(self) -> None:
        for folder in self._kept:
            self._kept[folder] = {entry.name for entry in _entries(folder)}

    def clear(self) -> None:
        """Remove all other entries, as far as this user may."""
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
        # The user of the sandbox may not remove it, so a script cannot have made it.
        return


def _remove_tree(root: str, top: str) -> None:
    """Remove a folder of any depth without recursion or long paths: inner folders are first moved to the top."""
    # Random, because a script could have taken a name that it can guess.
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
