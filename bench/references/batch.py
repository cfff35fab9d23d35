"""Runs the scripts pre, main and post over the records of one batch, with plain Python and its own json module.

usage: python3 batch.py FOLDER_OF_SCRIPTS BATCH RESULTS

BATCH is a file with a JSON array of objects. RESULTS gets one line per record: its raw value and its value after every
script, under the names the service uses.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path

STAGES = ("pre", "main", "post")
STEP = "step"

Transform = Callable[[dict], dict]


def load_scripts(folder: str) -> list[tuple[str, Transform]]:
    """The `transform` of every stage with the name of its value."""
    loaded = []
    for stage in STAGES:
        namespace: dict = {}
        path = Path(folder, f"{stage}.py")
        exec(compile(path.read_text(), str(path), "exec"), namespace)
        loaded.append((f"{stage}_{STEP}", namespace["transform"]))
    return loaded


def run_batch(records: list[dict], scripts: list[tuple[str, Transform]], results: str) -> None:
    """Write the states of every record to the file `results`."""
    with open(results, "w", encoding="utf-8") as target:
        for record in records:
            states = ['{"raw": ' + json.dumps(record)]
            for name, transform in scripts:
                record = transform(record)
                states.append(f'"{name}": {json.dumps(record)}')
            target.write(", ".join(states) + "}\n")


if __name__ == "__main__":
    run_batch(json.loads(Path(sys.argv[2]).read_text()), load_scripts(sys.argv[1]), sys.argv[3])
