"""H35: results that pretend to be a dict, or do something when they are looked at.

records: 8 in batches of 8
time limit: 1
record 0: RESULT_NOT_JSON "not Pretender"
record 1: RESULT_NOT_JSON
record 2: RESULT_NOT_JSON
record 3: RESULT_NOT_JSON "not generator"
record 4: TIMEOUT "longer than 1 s"
record 5: RESULT_NOT_JSON or ValueError
record 6: RESULT_NOT_JSON
"""

import os


class Pretender:
    __class__ = dict


class Pickled:
    def __reduce__(self):
        return os._exit, (1,)


class Printed:
    def __str__(self):
        os._exit(1)

    __repr__ = __str__


class Endless(list):
    def __iter__(self):
        while True:
            yield 1


class Keys(dict):
    def items(self):
        raise ValueError("no items")


def endless():
    while True:
        yield 1


RESULTS = {
    0: Pretender,
    1: lambda: {"n": Pickled()},
    2: lambda: {"n": Printed()},
    3: endless,
    4: lambda: {"n": Endless([4])},
    5: lambda: Keys(n=5),
    6: lambda: {"n": endless()},
}


def transform(record):
    return RESULTS[record["n"]]() if record["n"] in RESULTS else record
