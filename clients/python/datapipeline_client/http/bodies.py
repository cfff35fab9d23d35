"""What a request sends. Every body can be sent again from its start, and holds little in memory."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any, Protocol

from datapipeline_client.errors import InvalidInput

PIECE = 256 * 1024


class Body(Protocol):
    """`length` is None where it is not known before; such a body is sent in chunks."""

    content_type: str
    length: int | None

    def pieces(self) -> Iterator[bytes]:
        """All of it, from the start with every call."""
        ...

    def close(self) -> None: ...


class JsonBody:
    content_type = "application/json"

    def __init__(self, value: Any) -> None:
        self._content = json.dumps(value, allow_nan=False).encode()
        self.length: int | None = len(self._content)

    def pieces(self) -> Iterator[bytes]:
        yield self._content

    def close(self) -> None:
        pass


class FileBody:
    """A regular file, as long as it was when this object was made."""

    def __init__(self, path: Path, content_type: str) -> None:
        self.content_type = content_type
        self._path = path
        try:
            self._file = path.open("rb")
        except OSError as problem:
            raise InvalidInput(f"{path} cannot be read: {problem.strerror}") from None
        self.length: int | None = os.fstat(self._file.fileno()).st_size

    def pieces(self) -> Iterator[bytes]:
        self._file.seek(0)
        left = self.length or 0
        while left > 0:
            piece = self._file.read(min(PIECE, left))
            if not piece:
                raise InvalidInput(f"{self._path} became shorter while it was sent.")
            left -= len(piece)
            yield piece

    def close(self) -> None:
        self._file.close()


class StreamBody:
    """What an iterator gives once. It is sent at once, and kept in a temporary file in case it has to be sent again."""

    length: int | None = None

    def __init__(self, source: Generator[bytes, None, None], content_type: str) -> None:
        self.content_type = content_type
        self._source = source
        self._kept = tempfile.TemporaryFile()  # noqa: SIM115  closed by close()

    def pieces(self) -> Iterator[bytes]:
        self._kept.seek(0)
        while piece := self._kept.read(PIECE):
            yield piece
        for piece in self._source:
            self._kept.write(piece)
            yield piece

    def close(self) -> None:
        self._source.close()
        self._kept.close()
