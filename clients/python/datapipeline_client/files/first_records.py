from __future__ import annotations

import json
from pathlib import Path
from typing import IO, Any

from datapipeline_client.errors import InvalidInput

_LONGEST = 16 * 1024 * 1024


def first_records(source: str | IO[bytes], count: int) -> list[dict[str, Any]]:
    """The first records of JSON Lines, a JSON list or a JSON object, without reading more than they need.

    Raises InvalidInput for other files, which the service alone can read.
    """
    if isinstance(source, str):
        try:
            with Path(source).open("rb") as file:
                return _first(file, source, count)
        except OSError as problem:
            raise InvalidInput(f"{source} cannot be read: {problem.strerror}") from None
    return _first(source, "standard input", count)


def _first(file: IO[bytes], name: str, count: int) -> list[dict[str, Any]]:
    reader = _Reader(file, name)
    records: list[dict[str, Any]] = []
    in_list = reader.skip(b"[")
    while len(records) < count and not reader.is_at_end() and not (in_list and reader.skip(b"]")):
        record = reader.value()
        if not isinstance(record, dict):
            raise InvalidInput(f"Record {len(records)} of {name} is no JSON object.")
        records.append(record)
        reader.skip(b",")
    if not records:
        raise InvalidInput(f"{name} has no record.")
    return records


class _Reader:
    """Reads one JSON value after the other."""

    def __init__(self, file: IO[bytes], name: str) -> None:
        self._file = file
        self._name = name
        self._bytes = b""
        self._text = ""
        self._is_read = False
        self._decoder = json.JSONDecoder()
        self._more()
        self._text = self._text.lstrip("\ufeff")

    def is_at_end(self) -> bool:
        self._skip_blanks()
        return not self._text

    def skip(self, sign: bytes) -> bool:
        self._skip_blanks()
        if not self._text.startswith(sign.decode()):
            return False
        self._text = self._text[1:]
        return True

    def value(self) -> Any:
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text)
            except (ValueError, RecursionError) as problem:
                if self._is_read or len(self._text) > _LONGEST:
                    raise InvalidInput(
                        f"{self._name} is not JSON or JSON Lines ({problem}). Other files are read by the service "
                        "alone: upload it with `datapipeline datasets upload`, and try the pipeline with the id."
                    ) from None
                self._more()
                continue
            self._text = self._text[end:]
            return value

    def _skip_blanks(self) -> None:
        self._text = self._text.lstrip(" \t\r\n")
        while not self._text and not self._is_read:
            self._more()
            self._text = self._text.lstrip(" \t\r\n")

    def _more(self) -> None:
        """Reads as much again as there is, so that a long value is tried a few times only."""
        piece = self._file.read(max(64 * 1024, len(self._text)))
        self._is_read = not piece
        self._bytes += piece
        try:
            text, self._bytes = self._bytes.decode(), b""
        except UnicodeDecodeError as problem:
            if self._is_read or problem.start < len(self._bytes) - 3:
                raise InvalidInput(f"{self._name} is not UTF-8.") from None
            text, self._bytes = self._bytes[: problem.start].decode(), self._bytes[problem.start :]
        self._text += text
