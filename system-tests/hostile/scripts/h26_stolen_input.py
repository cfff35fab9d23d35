"""H26: takes the records and orders that are meant for later out of the engine's hands.

records: 6 in batches of 3
time limit: 1
record 1: SUCCEEDED
record 4: TIMEOUT
"""

import os

from attempts import batch_process


def transform(record):
    process = batch_process() if record["n"] in (1, 4) else None
    if record["n"] == 1:
        for area in process.memory.inputs:
            area[:] = bytes(len(area))
    if record["n"] == 4:
        while True:
            os.read(process.orders, 1)
    return record
