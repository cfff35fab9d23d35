"""H84: holds as many connections to the way out as it can, each with half a request: its own next batch calls as before.

models: one
records: 6 in batches of 3
beside: as quick as alone
record 1: SUCCEEDED
    hold a thousand: succeeded or EMFILE or ECONNREFUSED or ECONNRESET or TimeoutError
record 4: SUCCEEDED
    a call: 200
"""

from attempts import answer_to, connect, model_call, outcomes

HELD = []


def hold():
    for _ in range(1000):
        channel = connect()
        HELD.append(channel)
        channel.sendall(b"POST /v1/chat/completions HTTP/1.1\r\n")


def transform(record):
    if record["n"] == 1:
        record["answers"] = outcomes({"hold a thousand": hold})
    if record["n"] == 4:
        record["answers"] = outcomes({"a call": lambda: answer_to(model_call())})
    return record
