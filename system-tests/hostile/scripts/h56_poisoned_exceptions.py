"""H56: exceptions whose text is huge, fails, lies or hides.

record 0: ValueError "characters"
record 1: Broken "no message"
record 2: Chained
record 3: RecursionError
record 4: a name of a type that is far too long
"""


class Broken(Exception):
    def __str__(self):
        raise RuntimeError("no text for you")

    __repr__ = __str__


class Chained(Exception):
    pass


def chain(depth):
    try:
        if depth:
            chain(depth - 1)
        raise Chained("x" * 100_000)
    except Chained as cause:
        raise Chained("y" * 100_000) from cause


def dive():
    secret_of_this_frame = "x" * 1000
    return dive() + len(secret_of_this_frame)


def transform(record):
    if record["n"] == 0:
        raise ValueError("x" * 100_000_000)
    if record["n"] == 1:
        raise Broken
    if record["n"] == 2:
        chain(100)
    if record["n"] == 3:
        dive()
    raise type("a name of a type that is far too long" * 10_000, (Exception,), {})
