"""H29: exceptions that are meant to end a program.

record 0: SystemExit
record 1: SystemExit "3"
record 2: KeyboardInterrupt
record 3: GeneratorExit
record 4: Unheard
"""

import sys


class Unheard(BaseException):
    pass


def transform(record):
    if record["n"] == 0:
        sys.exit("enough")
    if record["n"] == 1:
        raise SystemExit(3)
    if record["n"] == 2:
        raise KeyboardInterrupt
    if record["n"] == 3:
        raise GeneratorExit
    raise Unheard
