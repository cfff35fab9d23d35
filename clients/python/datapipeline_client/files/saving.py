from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from datapipeline_client.errors import InvalidInput

# What a new file has, without the bits that the process takes away; temporary files have less.
_USUAL_MODE = 0o666


@contextmanager
def replaced(path: Path, mode: int | None = None) -> Iterator[IO[bytes]]:
    """A file beside `path` that takes its place when the block ends well. Before, `path` stays what it was.

    A process that is killed leaves the file beside it, which is hidden and ends with .part. A pipe or a device, such as
    /dev/null, is written to as it is.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        with _opened(target) as file:
            yield file
        return
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", suffix=".part", dir=target.parent)
    except OSError as problem:
        raise InvalidInput(f"{path} cannot be written: {problem.strerror}") from None
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, _mode_of(target) if mode is None else mode)
        os.replace(name, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


def _opened(path: Path) -> IO[bytes]:
    try:
        return path.open("wb")
    except OSError as problem:
        raise InvalidInput(f"{path} cannot be written: {problem.strerror}") from None


def _mode_of(path: Path) -> int:
    with suppress(OSError):
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return _USUAL_MODE & ~mask
