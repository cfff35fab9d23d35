"""H4: a regular expression that hangs in C, where no exception of Python reaches it.

time limit: 1
record 2: TIMEOUT "longer than 1 s"
"""

import re


def transform(record):
    if record["n"] == 2:
        re.match("(a+)+$", "a" * 40 + "b")
    return record
