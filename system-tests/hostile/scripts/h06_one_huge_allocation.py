"""H6: asks for 16 GiB at once.

record 2: MemoryError or OOM_KILLED
"""


def transform(record):
    if record["n"] == 2:
        bytearray(1 << 34)
    return record
