from __future__ import annotations

import json
import shutil
import sys
from argparse import Namespace
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from datapipeline_client.text import fit, printable, width

_GAP = "  "


class Column(NamedTuple):
    """share is how much of the room a column gets that is too narrow for all; 0 for one that is never cut."""

    title: str
    right: bool = False
    share: int = 0


def writes_json(options: Namespace) -> bool:
    """JSON goes to programs: into pipes and files, or where it is asked for."""
    return not sys.stdout.isatty() if options.json is None else options.json


def print_json(value: Any) -> None:
    """One line for each value, so that lists can be read while they come."""
    print(json.dumps(value, ensure_ascii=not _can_write_everything()))


def print_table(columns: Sequence[Column], rows: Iterable[Sequence[Any]], empty: str) -> None:
    """Fits into the terminal; `empty` is said where there are no rows."""
    cells = [[printable("" if value is None else value) for value in row] for row in rows]
    if not cells:
        print(empty)
        return
    for line in table_lines(columns, cells, shutil.get_terminal_size().columns):
        print(line)


def print_list(
    options: Namespace,
    values: Iterable[Any],
    columns: Sequence[Column],
    rows: Iterable[Sequence[Any]],
    empty: str,
) -> None:
    """The values as JSON, or their rows as a table; only one of the two is read, so both may come from one iterator."""
    if writes_json(options):
        for value in values:
            print_json(value)
    else:
        print_table(columns, rows, empty)


def print_fields(fields: Iterable[tuple[str, Any]]) -> None:
    """Names and values, one pair a line; pairs without a value are left out."""
    shown = [(name, printable(value)) for name, value in fields if value not in (None, "")]
    longest = max(len(name) for name, _ in shown)
    for name, value in shown:
        print(f"{name:<{longest}}{_GAP}{value}")


def table_lines(columns: Sequence[Column], rows: Sequence[Sequence[str]], room: int) -> list[str]:
    widths = _widths(columns, rows, room)
    lines = [[column.title for column in columns], *rows]
    return [
        _GAP.join(
            _padded(fit(cell, columns_wide), columns_wide, right=column.right)
            for column, cell, columns_wide in zip(columns, line, widths)
        ).rstrip()
        for line in lines
    ]


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[str]], room: int) -> list[int]:
    widths = [max(width(cell) for cell in cells) for cells in zip([column.title for column in columns], *rows)]
    shares = sum(column.share for column in columns)
    surplus = sum(widths) + len(_GAP) * (len(columns) - 1) - room
    if surplus <= 0 or not shares:
        return widths
    flexible = sum(wide for wide, column in zip(widths, columns) if column.share)
    left = max(flexible - surplus, 0)
    for place, column in enumerate(columns):
        if column.share:
            fair = max(left * column.share // shares, len(column.title))
            widths[place] = min(widths[place], fair)
            left, shares = max(left - widths[place], 0), shares - column.share
    return widths


def _padded(text: str, columns: int, *, right: bool) -> str:
    blanks = " " * (columns - width(text))
    return blanks + text if right else text + blanks


def _can_write_everything() -> bool:
    return (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
