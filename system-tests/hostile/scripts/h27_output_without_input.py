"""H27: never comes back for input and only talks: asks for room, announces results, prints.

time limit: 1
record 2: TIMEOUT "longer than 1 s"
"""

import os

from attempts import batch_process
from pipeline_engine.channels.batch_orders import Notice


def transform(record):
    if record["n"] == 2:
        process = batch_process()
        while True:
            process.notify((Notice.RESULTS_FULL + Notice.RESULTS_READY) * 1000)
            os.write(1, b"talk " * 1000)
    return record
