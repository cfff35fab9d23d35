"""H1: a loop that never ends.

time limit: 1
record 2: TIMEOUT "longer than 1 s"
"""


def transform(record):
    while record["n"] == 2:
        pass
    return record
