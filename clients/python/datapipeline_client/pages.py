from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from datapipeline_client.errors import InvalidInput
from datapipeline_client.http.service import Service

_PAGE = 200


def api_names(options: dict[str, Any]) -> dict[str, Any]:
    """Options with the names that the API has for them: `batch_size` is `batchSize` there."""
    return {_in_camel_case(name): value for name, value in options.items()}


def _in_camel_case(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)


def items_of(service: Service, path: str, filters: dict[str, Any], limit: int | None) -> Iterator[dict[str, Any]]:
    """Items of a list with a cursor, page by page as they are asked for; all of them where limit is None."""
    cursor = None
    left = limit
    while left is None or left > 0:
        size = _PAGE if left is None else min(_PAGE, left)
        page = service.get(path, {**api_names(filters), "limit": size, "cursor": cursor})
        yield from page["items"]
        cursor = page["nextCursor"]
        if cursor is None:
            return
        left = None if left is None else left - len(page["items"])


def whole_id(service: Service, path: str, said: str, *, names: bool = False) -> str:
    """The id that somebody means: an id, the beginning of one, or a name where names is true."""
    try:
        return str(UUID(said))
    except ValueError:
        pass
    matching = [
        item
        for item in items_of(service, path, {"q": said}, 1000)
        if item["id"].startswith(said.lower()) or (names and item["name"] == said)
    ]
    return _only(matching, said, path.rsplit("/", 1)[1][:-1])


def _only(matching: list[dict[str, Any]], said: str, kind: str) -> str:
    if not matching:
        raise InvalidInput(f"There is no {kind} {said!r}.")
    if len(matching) > 1:
        ids = ", ".join(item["id"] for item in matching[:5])
        raise InvalidInput(f"{said!r} means {len(matching)} {kind}s: {ids}. Say more of the id.")
    return matching[0]["id"]
