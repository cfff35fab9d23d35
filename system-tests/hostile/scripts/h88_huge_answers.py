"""H88: has the model answer with 40 MB, one time after the other; the next call is answered as ever.

models: one
time limit: 25
beside: as quick as alone
record 2: SUCCEEDED
    40 MB: 502 upstream_answer_too_large
    40 MB again: 502 upstream_answer_too_large
    afterwards: 200
"""

from attempts import answer_to, model_call, outcomes

FLOOD = model_call(messages=[{"role": "user", "content": "flood"}])


def transform(record):
    if record["n"] == 2:
        record["answers"] = outcomes({
            "40 MB": lambda: answer_to(FLOOD),
            "40 MB again": lambda: answer_to(FLOOD),
            "afterwards": lambda: answer_to(model_call()),
        })
    return record
