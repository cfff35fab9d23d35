"""H36: values that JSON has no word for, and half a surrogate pair, which it has.

records: 10 in batches of 10
record 0: RESULT_NOT_JSON "nan"
record 1: RESULT_NOT_JSON "inf"
record 2: RESULT_NOT_JSON "bytes"
record 3: RESULT_NOT_JSON "contains itself"
record 4: RESULT_NOT_JSON "a key of"
record 5: RESULT_NOT_JSON "set"
record 6: RESULT_NOT_JSON "deeper"
record 7: RESULT_NOT_JSON "NoneType"
record 8: SUCCEEDED
    text: \ud800
"""


def deep(levels):
    value = {}
    for _ in range(levels):
        value = {"deeper": value}
    return value


def cycle():
    value = {}
    value["self"] = value
    return value


RESULTS = {
    0: lambda: {"value": float("nan")},
    1: lambda: {"value": float("inf")},
    2: lambda: {"value": b"bytes"},
    3: cycle,
    4: lambda: {"value": {1: "one"}},
    5: lambda: {"value": {1, 2}},
    6: lambda: deep(100_000),
    7: lambda: None,
}


def transform(record):
    if record["n"] == 8:
        record["answers"] = {"text": "\ud800"}
    return RESULTS[record["n"]]() if record["n"] in RESULTS else record
