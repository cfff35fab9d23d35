"""H19: prints lines without end.

time limit: 1
record 2: TIMEOUT "longer than 1 s"
log: "bytes left out"
"""


def transform(record):
    while record["n"] == 2:
        print("a line like any other " * 10)
    return record
