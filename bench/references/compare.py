"""Proves that two ways to run a pipeline gave the same: the same states of the same records in the same order.

usage: python3 compare.py RESULTS_OF_BARE RESULTS_OF_SERVICE

RESULTS_OF_BARE is a folder with NDJSON files, RESULTS_OF_SERVICE an NDJSON file. Ends with status 1 at the first difference.
"""

import json
import sys
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path


def lines_of(files: list[Path]) -> Iterator[str]:
    """The lines of the files, one after the other."""
    for file in files:
        with file.open(encoding="utf-8") as source:
            yield from source


def main(bare: str, service: str) -> None:
    """Compare record by record, as JSON values."""
    expected = lines_of(sorted(Path(bare).iterdir()))
    for index, (one, other) in enumerate(zip_longest(expected, lines_of([Path(service)]))):
        if one is None or other is None or json.loads(one) != json.loads(other):
            sys.exit(f"record {index} differs: {one!r} is not {other!r}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
