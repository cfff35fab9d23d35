"""H5: numbers of a hundred million digits, and one too long to be written.

time limit: 1
record 1: TIMEOUT "longer than 1 s"
record 3: ValueError or TIMEOUT
"""


def transform(record):
    if record["n"] == 1:
        record["power"] = len(bin(3 ** 10**9))
    if record["n"] == 3:
        record["digits"] = str(10 ** 10**6)
    return record
