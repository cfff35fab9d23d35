"""H1: a loop that never ends.

record 2: TIMEOUT "longer than 1 s"
"""


def transform(record):
    while record["n"] == 2:
        pass
    return record
