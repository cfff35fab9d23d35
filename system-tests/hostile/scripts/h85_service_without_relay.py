"""H85: speaks to the service past the relay, in the name of other records, with a broken preamble, and with none.

models: one
time limit: 25
record 2: SUCCEEDED
    as another record: 200
    as a record that is not there: 200
    as the stage before the first: 200
    version 1: closed
    without a preamble: closed
    the engine's own socket: ECONNREFUSED or EAGAIN or ENOENT or EACCES
    a thousand connections: succeeded or EAGAIN or EMFILE or TimeoutError
    afterwards: 200
"""

import os
import struct

from attempts import answer_to, connect, model_call, outcomes


def folder():
    with open("/proc/1/cmdline", "rb") as file:
        return os.path.dirname(file.read().decode().split("\0")[-2])


def from_record(index, stage=1, version=2):
    return answer_to(
        struct.pack(">B16sqh", version, os.urandom(16), index, stage) + model_call(), f"{folder()}/outbound.sock"
    )


def many():
    held = [connect(f"{folder()}/outbound.sock") for _ in range(1000)]
    for channel in held:
        channel.close()


def transform(record):
    if record["n"] == 2:
        record["answers"] = outcomes({
            "as another record": lambda: from_record(0),
            "as a record that is not there": lambda: from_record(1 << 62),
            "as the stage before the first": lambda: from_record(2, stage=-7),
            "version 1": lambda: from_record(2, version=1),
            "without a preamble": lambda: answer_to(model_call(), f"{folder()}/outbound.sock"),
            "the engine's own socket": lambda: answer_to(b"\0" * 64, f"{folder()}/s.sock"),
            "a thousand connections": many,
            "afterwards": lambda: answer_to(model_call()),
        })
    return record
