"""What can be uploaded as a dataset: a file, lines from a pipe, records of Python, a data frame."""

from __future__ import annotations

import json
import stat
from collections.abc import Generator, Iterable, Iterator, Mapping
from os import PathLike
from pathlib import Path
from typing import IO, Any, NamedTuple, Union

from datapipeline_client.errors import InvalidInput
from datapipeline_client.http.bodies import PIECE, Body, FileBody, StreamBody

# A file, an open binary file, or records.
DatasetSource = Union[str, "PathLike[str]", IO[bytes], Iterable[Mapping[str, Any]], Any]

_LINES = "application/x-ndjson"
# What says nothing about the content, so that the service looks at the name and the content.
_UNSAID = "application/octet-stream"
_TYPES = {
    ".json": "application/json",
    ".geojson": "application/geo+json",
    ".ndjson": _LINES,
    ".jsonl": _LINES,
    ".jsonlines": _LINES,
    ".csv": "text/csv",
}
_ROWS_AT_A_TIME = 5000


class Upload(NamedTuple):
    """name is what the dataset is called unless the caller says otherwise."""

    name: str
    body: Body


def upload_of(source: DatasetSource) -> Upload:
    """Raises InvalidInput where nothing can be uploaded from it."""
    if isinstance(source, (str, PathLike)):
        return _upload_of_file(Path(source))
    if hasattr(source, "read"):
        return Upload(_name_of(source), StreamBody(_bytes_of(source), _UNSAID))
    if hasattr(source, "iloc"):
        return Upload("data frame", StreamBody(_pieces(_records_of_frame(source)), _LINES))
    if isinstance(source, Mapping) or not isinstance(source, Iterable):
        raise InvalidInput(
            f"A dataset is a path, an open binary file, records or a data frame, not a {type(source).__name__}."
        )
    return Upload("records", StreamBody(_pieces(source), _LINES))


def _upload_of_file(path: Path) -> Upload:
    try:
        mode = path.stat().st_mode
    except OSError as problem:
        raise InvalidInput(f"{path} cannot be read: {problem.strerror}") from None
    if stat.S_ISREG(mode):
        return Upload(path.name, FileBody(path, content_type_of(path.name)))
    if stat.S_ISDIR(mode):
        raise InvalidInput(f"{path} is a folder; a dataset is a file.")
    return Upload(path.name, StreamBody(_bytes_of_path(path), _UNSAID))


def content_type_of(name: str) -> str:
    """By the name of the file, with .gz left out."""
    lower = name.lower()
    return _TYPES.get(Path(lower[:-3] if lower.endswith(".gz") else lower).suffix, _UNSAID)


def _name_of(file: Any) -> str:
    """Standard input is called <stdin>, a file of a descriptor has a number."""
    name = getattr(file, "name", None)
    return Path(name).name if isinstance(name, str) and not name.startswith("<") else "stream"


def _bytes_of_path(path: Path) -> Generator[bytes, None, None]:
    with path.open("rb") as file:
        yield from _bytes_of(file)


def _bytes_of(file: Any) -> Generator[bytes, None, None]:
    while piece := file.read(PIECE):
        if isinstance(piece, str):
            raise InvalidInput("The file has to be opened in binary mode: open(path, 'rb').")
        yield piece


def _pieces(records: Iterable[Mapping[str, Any]]) -> Generator[bytes, None, None]:
    piece = bytearray()
    for index, record in enumerate(records):
        piece += _line(index, record)
        if len(piece) >= PIECE:
            yield bytes(piece)
            piece.clear()
    yield bytes(piece)


def _line(index: int, record: Mapping[str, Any]) -> bytes:
    if not isinstance(record, Mapping):
        raise InvalidInput(f"Record {index} is a {type(record).__name__}; a record is a dict.")
    try:
        text = json.dumps(dict(record), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        return text.encode() + b"\n"
    except UnicodeEncodeError:
        # Half of a surrogate pair has no bytes in UTF-8, but an escape in JSON.
        return json.dumps(dict(record), separators=(",", ":")).encode() + b"\n"
    except (TypeError, ValueError, RecursionError) as problem:
        raise InvalidInput(f"Record {index} cannot be written as JSON: {problem}") from None


def _records_of_frame(frame: Any) -> Iterator[dict[str, Any]]:
    """Missing values become null, times ISO 8601; the columns have to be named by texts that are all different."""
    names = [str(name) for name in frame.columns]
    if len(set(names)) < len(names):
        raise InvalidInput("Two columns of the data frame have the same name.")
    for first in range(0, len(frame), _ROWS_AT_A_TIME):
        rows = frame.iloc[first : first + _ROWS_AT_A_TIME]
        columns = [_values(rows.iloc[:, place]) for place in range(len(names))]
        for row in zip(*columns):
            yield dict(zip(names, row))


def _values(column: Any) -> list[Any]:
    missing = column.isna().tolist()
    return [None if gone else _plain(value) for gone, value in zip(missing, column.tolist())]


def _plain(value: Any) -> Any:
    if isinstance(value, (str, int, float, dict, list)):
        return value
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value.item() if hasattr(value, "item") else value
