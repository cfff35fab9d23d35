"""The modules that a batch process has imported by itself, as it tells the loader that it came from."""

import mmap
from collections.abc import Iterable

_BYTES = 65_536
_LENGTH_BYTES = 4


class LearnedModules:
    """Memory that a loader shares with its forks. User code can write it, so readers check the names."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, _BYTES)

    def tell(self, names: Iterable[str]) -> None:
        """Replace what is told by as many of the names as there is room for."""
        text = b"".join(name.encode("utf-8", "replace") + b"\n" for name in names)
        whole_names = text.rfind(b"\n", 0, _BYTES - _LENGTH_BYTES) + 1
        self._memory[_LENGTH_BYTES : _LENGTH_BYTES + whole_names] = text[:whole_names]
        self._memory[:_LENGTH_BYTES] = whole_names.to_bytes(_LENGTH_BYTES, "big")

    def take(self) -> list[str]:
        """What was told since the last call."""
        length = int.from_bytes(self._memory[:_LENGTH_BYTES], "big")
        self._memory[:_LENGTH_BYTES] = bytes(_LENGTH_BYTES)
        return self._memory[_LENGTH_BYTES:][:length].decode("utf-8", "replace").split("\n")[:-1] if length else []
