"""H89: has the model stream for ever: reads a while and leaves, reads on, does not read.

models: one
records: 6 in batches of 3
beside: as quick as alone
record 1: SUCCEEDED
    a while: begun
record 2: SUCCEEDED
    to its end: 200 upstream_stream_too_large
record 4: SUCCEEDED
    ten that nobody reads: succeeded
"""

import time

from attempts import answer_to, connect, model_call, outcomes

STREAM = model_call(messages=[{"role": "user", "content": "for ever"}], stream=True)


def read_a_while():
    with connect() as channel:
        channel.sendall(STREAM)
        heard = b"".join(channel.recv(1000) for _ in range(20))
    return "begun" if b"data: " in heard else heard.decode()


def do_not_read():
    held = [connect() for _ in range(10)]
    for channel in held:
        channel.sendall(STREAM)
    time.sleep(1)


def transform(record):
    if record["n"] == 1:
        record["answers"] = outcomes({"a while": read_a_while})
    if record["n"] == 2:
        record["answers"] = outcomes({"to its end": lambda: answer_to(STREAM)})
    if record["n"] == 4:
        record["answers"] = outcomes({"ten that nobody reads": do_not_read})
    return record
