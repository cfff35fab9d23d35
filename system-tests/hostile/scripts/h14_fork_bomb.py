"""H14: forks until it is refused, then forks for ever in every child.

records: 6 in batches of 3
time limit: 2
record 1: SUCCEEDED
    fork: EAGAIN
    children: at most 64
record 2: TIMEOUT "longer than 2 s"
"""

import os
import signal

from attempts import outcome_of


def fork_until_refused(children):
    while True:
        child = os.fork()
        if not child:
            signal.pause()
        children.append(child)


def transform(record):
    if record["n"] == 1:
        children = []
        fork = outcome_of(lambda: fork_until_refused(children))
        for child in children:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        record["answers"] = {"fork": fork, "children": "at most 64" if len(children) <= 64 else str(len(children))}
    while record["n"] == 2:
        try:
            os.fork()
        except OSError:
            pass
    return record
