"""What makes the forks of this process cheaper: the entries of its page tables that they need not find again."""

import os
from collections.abc import Iterator

_MAPS = "/proc/self/maps"
_MEMORY = "/proc/self/mem"
_READ_ONLY = ("r--p", "r-xp")
_NO_FILE = "0"


def share_mapped_files_with_forks() -> None:
    """Have forks inherit where the code and the constants of Python and its libraries are in memory.

    At a fork Linux copies the entries of an area of a file only if a page of it was written. Those of all others each
    fork finds again by page faults, 80 for a small batch. So a byte of each area is overwritten with itself.
    """
    try:
        memory = os.open(_MEMORY, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        # Forks take longer, and that is all.
        return
    try:
        for address in _beginnings_of_mapped_files():
            try:
                os.pwrite(memory, os.pread(memory, 1, address), address)
            except OSError:
                continue
    finally:
        os.close(memory)


def _beginnings_of_mapped_files() -> Iterator[int]:
    with open(_MAPS, encoding="utf-8", errors="replace") as areas:
        for area in areas:
            addresses, rights, _, _, file = area.split(None, 5)[:5]
            if rights in _READ_ONLY and file != _NO_FILE:
                yield int(addresses.partition("-")[0], 16)
