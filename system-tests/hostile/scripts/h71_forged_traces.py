"""H71: dies with a forged trace whose numbers nobody can hold.

records: 8 in batches of 4
record 1: SCRIPT_CRASHED "signal 9"
record 5: SCRIPT_CRASHED "signal 9"
record 6: SCRIPT_CRASHED "signal 9"
"""

import os
import signal

from attempts import batch_process

LINES = {1: "99999999999", 5: "9" * 5000, 6: "٣"}


def transform(record):
    line = LINES.get(record["n"])
    if line:
        script = transform.__code__.co_filename
        trace = f'Current thread 0x1 (most recent call first):\n  File "{script}", line {line} in transform\n'.encode()
        process = batch_process()
        for descriptor in set(range(3, 64)) - {process.orders, process.room, process.notices}:
            try:
                os.write(descriptor, trace)
            except OSError:
                pass
        os.kill(os.getpid(), signal.SIGKILL)
    return record
