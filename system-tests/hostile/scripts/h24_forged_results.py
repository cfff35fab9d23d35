"""H24: says that the batch is over, and leaves results for records that are not its own, where the engine keeps them.

What has the right form is believed: a script may say of the records of its batch what it likes, since it makes their results anyway.
What the service cannot read costs the whole batch, and the sandbox.

records: 18 in batches of 3
record 1: SCRIPT_CRASHED
record 4: SCRIPT_CRASHED "wrote into memory of the engine"
record 7: SCRIPT_CRASHED "wrote into memory of the engine"
record 10: SCRIPT_CRASHED "wrote into memory of the engine"
record 12: PROTOCOL_VIOLATION "broke the protocol"
record 13: PROTOCOL_VIOLATION "broke the protocol"
record 14: PROTOCOL_VIOLATION "broke the protocol"
"""

import struct
import time

from attempts import batch_process
from pipeline_engine.channels.batch_orders import Notice

RESULT = struct.Struct(">IIBB")
SUCCEEDED = 1
FAILED = 2


def end_early():
    batch_process().notify(Notice.JOB_DONE)


def publish(*positions, status=SUCCEEDED, detail=b""):
    process = batch_process()
    forged = b"".join(RESULT.pack(RESULT.size - 4 + len(detail), position, status, 0) + detail for position in positions)
    at = process.memory.progress[0]
    process.memory.results[at : at + len(forged)] = forged
    process.memory.progress[0] = at + len(forged)
    process.notify(Notice.RESULTS_READY)


ATTACKS = {
    1: end_early,
    4: lambda: publish(0),
    7: lambda: publish(2),
    10: lambda: publish(1, 2, 3, 4, 5),
    13: lambda: publish(1, status=FAILED, detail=b"no JSON"),
}


def transform(record):
    if record["n"] in ATTACKS:
        ATTACKS[record["n"]]()
        time.sleep(60)
    return record
