"""H7: eats all memory bit by bit; the records before it keep their results.

record 2: OOM_KILLED "no memory left"
"""


def transform(record):
    hoard = []
    while record["n"] == 2:
        hoard.append(bytearray(1 << 20))
    return record
