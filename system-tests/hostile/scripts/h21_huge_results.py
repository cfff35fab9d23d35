"""H21: results of 20 and 200 MB.

record 1: RESULT_TOO_LARGE
record 3: RESULT_TOO_LARGE or OOM_KILLED
"""

SIZES = {1: 20_000_000, 3: 200_000_000}


def transform(record):
    if record["n"] in SIZES:
        record["text"] = "x" * SIZES[record["n"]]
    return record
