from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from datapipeline_client.files.uploads import DatasetSource, upload_of
from datapipeline_client.http.address import segment
from datapipeline_client.http.service import Service
from datapipeline_client.pages import items_of, whole_id

_PATH = "/api/v1/datasets"
_PAGE = 500


class Datasets:
    """The datasets of a service."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def upload(
        self,
        source: DatasetSource,
        name: str | None = None,
        *,
        separator: str | None = None,
        records: str | None = None,
        sheet: str | None = None,
        member: str | None = None,
        on_sent: Callable[[int], None] | None = None,
    ) -> dict[str, Any]:
        """Uploads a file, an open binary file, records (also an iterator of them) or a data frame; returns the dataset.

        Streamed, and sent again from its start when the connection breaks: what an iterator gave is kept on disk until
        then. How a file is read, where the service shall not find out by itself: separator is that of a table, records
        the path of the list in a document, sheet the name of one in a workbook, member the file in an archive.
        """
        upload = upload_of(source)
        reading = {"separator": separator, "records": records, "sheet": sheet, "member": member}
        query = {"name": name or upload.name, **reading}
        try:
            return self._service.create(_PATH, upload.body, query, on_sent or (lambda sent: None))
        finally:
            upload.body.close()

    def list(self, *, limit: int | None = None, **filters: Any) -> Iterator[dict[str, Any]]:
        """The newest first; filters are those of the API: `q`, `tag`, `starred`, `since`, `until`, `sha256`, `sort`."""
        return items_of(self._service, _PATH, filters, limit)

    def get(self, id: str) -> dict[str, Any]:
        """By its id, or the beginning of it."""
        return self._service.get(f"{_PATH}/{segment(whole_id(self._service, _PATH, id))}")

    def records(self, id: str, *, limit: int | None = None) -> Iterator[dict[str, Any]]:
        """Records as they were uploaded, in their order."""
        offset = 0
        while limit is None or offset < limit:
            size = _PAGE if limit is None else min(_PAGE, limit - offset)
            page = self._service.get(f"{_PATH}/{segment(id)}/records", {"offset": offset, "limit": size})
            yield from page["items"]
            offset += len(page["items"])
            if not page["items"] or offset >= page["total"]:
                return

    def delete(self, id: str) -> None:
        """Fails with Conflict while a run uses it."""
        self._service.delete(f"{_PATH}/{segment(id)}")
