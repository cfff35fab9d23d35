"""The whole job without service, containers or database: one process per core, batches handed out one at a time.

usage: python3 bare.py FOLDER_OF_SCRIPTS DATASET BATCH_SIZE RESULTS

DATASET is a file with a JSON array of objects; RESULTS is a folder that gets one file per batch.
"""

import json
import multiprocessing
import os
import sys
from pathlib import Path

from batch import load_scripts, run_batch


def main(scripts_folder: str, dataset: str, batch_size: int, results: str) -> None:
    """Run every batch; returns when all results are written."""
    with open(dataset, encoding="utf-8") as source:
        records = json.load(source)
    scripts = load_scripts(scripts_folder)

    def run(queue: multiprocessing.SimpleQueue) -> None:
        while (first := queue.get()) is not None:
            run_batch(records[first : first + batch_size], scripts, str(Path(results, f"{first:09d}.ndjson")))

    # Forked processes have the records already: nothing is copied to them.
    context = multiprocessing.get_context("fork")
    queue = context.SimpleQueue()
    processes = [context.Process(target=run, args=(queue,)) for _ in range(len(os.sched_getaffinity(0)))]
    for process in processes:
        process.start()
    for first in [*range(0, len(records), batch_size), *[None] * len(processes)]:
        queue.put(first)
    for process in processes:
        process.join()
    sys.exit(any(process.exitcode for process in processes))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4])
