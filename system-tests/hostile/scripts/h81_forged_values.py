"""H81: leaves values that are no JSON where the engine keeps results: they would break every download, or add fields to an answer.

A forged value that is JSON is believed, as any value is. One that is not costs its batch, and the sandbox.

records: 12 in batches of 1
record 1: PROTOCOL_VIOLATION "no JSON"
record 2: PROTOCOL_VIOLATION "no JSON"
record 3: PROTOCOL_VIOLATION "no JSON"
record 4: PROTOCOL_VIOLATION "no JSON"
record 5: PROTOCOL_VIOLATION "no JSON"
record 6: PROTOCOL_VIOLATION "no JSON"
record 7: PROTOCOL_VIOLATION "no JSON"
record 8: PROTOCOL_VIOLATION "no JSON"
record 9: PROTOCOL_VIOLATION "no JSON"
record 10: PROTOCOL_VIOLATION "broke the protocol"
record 11: PROTOCOL_VIOLATION "broke the protocol"
"""

import json
import struct
import time

from attempts import batch_process
from pipeline_engine.channels.batch_orders import Notice

RESULT = struct.Struct(">IIBB")
VALUE = struct.Struct(">BII")
SUCCEEDED = 1
FAILED = 2

VALUES = {
    1: b'{}],"error":{"type":"Forged"},"stages":[{}',
    2: b'{"a": }',
    3: b'{"a": "\xed\xa0\x80"}',
    4: b'{"a": "\xc0\xaf"}',
    5: b'{"a": 1, "a": 2}',
    6: b'{"a": ' + b"9" * 1_000_000 + b"}",
    7: b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    8: b'{"a": NaN}',
    9: b'{"a": "half \xe2\x82"}',
}
ERROR = {"step": None, "stage": None, "type": "Forged", "message": "", "traceback": None, "script": None, "line": 1}
ERRORS = {
    10: json.dumps({**ERROR, "line": -99_999_999_999}).encode(),
    11: json.dumps({**ERROR, "message": "m" * 100_000}).encode(),
}


def publish(status, values=(), detail=b""):
    process = batch_process()
    body = b"".join(values) + detail
    table = b"".join(VALUE.pack(ordinal, 0, len(value)) for ordinal, value in enumerate(values))
    length = RESULT.size - 4 + len(table) + len(body)
    forged = RESULT.pack(length, 0, status, len(values)) + table + body
    at = process.memory.progress[0]
    process.memory.results[at : at + len(forged)] = forged
    process.memory.progress[0] = at + len(forged)
    process.notify(Notice.RESULTS_READY)


def transform(record):
    if record["n"] in VALUES:
        publish(SUCCEEDED, [b"{}", VALUES[record["n"]]])
        time.sleep(60)
    if record["n"] in ERRORS:
        publish(FAILED, detail=ERRORS[record["n"]])
        time.sleep(60)
    return record
