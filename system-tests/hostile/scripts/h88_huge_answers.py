"""H88: has the model answer with 40 MB, several times at once; the next call is answered as ever.

models: one
beside: as quick as alone
record 2: SUCCEEDED
    40 MB: 502 upstream_answer_too_large
    four times 40 MB: 502 upstream_answer_too_large
    afterwards: 200
"""

from concurrent.futures import ThreadPoolExecutor

from attempts import answer_to, model_call, outcomes

FLOOD = model_call(messages=[{"role": "user", "content": "flood"}])


def four():
    with ThreadPoolExecutor(4) as pool:
        return " or ".join(set(pool.map(answer_to, [FLOOD] * 4)))


def transform(record):
    if record["n"] == 2:
        record["answers"] = outcomes({
            "40 MB": lambda: answer_to(FLOOD),
            "four times 40 MB": four,
            "afterwards": lambda: answer_to(model_call()),
        })
    return record
