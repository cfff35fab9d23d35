from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from datapipeline_client.errors import InvalidInput
from datapipeline_client.files.saving import replaced
from datapipeline_client.http.exchange import Answer
from datapipeline_client.http.service import Service

if TYPE_CHECKING:
    from os import PathLike

    import pandas  # pyright: ignore[reportMissingImports]

_READ_AT_ONCE = 1000


class Results:
    """Results of a run, not fetched before they are asked for, and never all in memory unless a method says so.

    Iterating gives a dict for each record, in the order of the input. Where the connection breaks it goes on with the
    next record, if the run is over and was not retried meanwhile.
    """

    def __init__(self, service: Service, path: str, query: dict[str, Any], is_unchanged: Callable[[], bool]) -> None:
        self._service = service
        self._path = path
        self._query = query
        self._is_unchanged = is_unchanged

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return map(json.loads, self._lines())

    def to_list(self) -> list[dict[str, Any]]:
        """All of them in memory."""
        values: list[dict[str, Any]] = []
        lines = self._lines()
        # Many at once are read in half the time.
        while several := list(islice(lines, _READ_AT_ONCE)):
            values += json.loads(b"[" + b",".join(several) + b"]")
        return values

    def to_pandas(self) -> pandas.DataFrame:
        """All of them as a data frame, a row for each record. Texts stay texts, and integers exact."""
        try:
            import pandas  # pyright: ignore[reportMissingImports]
        except ImportError:
            raise InvalidInput("to_pandas needs pandas: pip install pandas") from None
        return pandas.DataFrame(self.to_list())

    def save(self, path: str | PathLike[str], format: str | None = None) -> Path:
        """Downloads them to a file, which appears or is replaced when it is whole. Constant memory.

        format is one of the service: csv, tsv, xlsx, ndjson, json; by default what the name of the file ends with. A
        file whose name ends with .zip, such as values.csv.zip, is packed.
        """
        target = Path(path)
        query = {**self._query, "format": format or format_of(target), "packing": _packing_of(target)}

        def take(answer: Answer) -> Path:
            with replaced(target) as file:
                for piece in answer.pieces():
                    file.write(piece)
            return target

        return self._service.download(self._path, query, take)

    def file_name(self, format: str, packing: str | None = None) -> str:
        """What the service would call the file, which says what is in it."""
        query = {**self._query, "format": format, "packing": packing}
        return self._service.get(f"{self._path}/estimate", query)["fileName"]

    def _lines(self) -> Iterator[bytes]:
        return self._service.lines(self._path, {**self._query, "format": "ndjson"}, self._is_unchanged)

    def pieces(self, format: str = "ndjson") -> Iterator[bytes]:
        """The file as it comes, in pieces of bytes. A broken connection is an error, as it cannot begin anew."""
        return self._service.pieces(self._path, {**self._query, "format": format})


def format_of(path: Path) -> str:
    """The format that the name of a file says."""
    ending = Path(path.stem if _packing_of(path) else path.name).suffix[1:].lower()
    if not ending:
        raise InvalidInput(f"{path} does not end with a format, such as .csv or .ndjson; say it with `format`.")
    return {"jsonl": "ndjson", "jsonlines": "ndjson"}.get(ending, ending)


def _packing_of(path: Path) -> str | None:
    return "zip" if path.suffix.lower() == ".zip" else None
