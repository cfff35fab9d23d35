"""CHECK: what can be said of a script without running it.

Parsing happens in a forked child with limits of its own, because the parser itself can be made to crash or
to eat memory. The script is never executed.
"""

import json
import os
import resource
import select
import signal
import time

from pipeline_engine.codes import SCRIPT_SYNTAX
from pipeline_engine.processes import bury, die_with_parent, kill
from pipeline_engine.reports import to_json
from pipeline_engine.supervisor.script_analysis import Problem, problem, problems_of

_SECONDS = 5
_ADDRESS_SPACE = 1 << 30
_ANSWER_LIMIT = 65_536


def check_in_a_child(source: bytes) -> list[Problem]:
    """The problems of a script, also of one that takes the parser down; at most a few seconds."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.close(read)
            _limit_this_process()
            os.write(write, to_json(problems_of(source)))
        finally:
            os._exit(0)
    os.close(write)
    answer = _read_all(read, time.monotonic() + _SECONDS)
    os.close(read)
    kill(child)
    bury(child)
    try:
        found: list[Problem] = json.loads(answer)
        return found
    except ValueError:
        return [problem("the script is too large or nested too deep for Python's parser", SCRIPT_SYNTAX)]


def _limit_this_process() -> None:
    die_with_parent()
    signal.set_wakeup_fd(-1)
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read_all(descriptor: int, deadline: float) -> bytes:
    answer = b""
    while len(answer) < _ANSWER_LIMIT:
        readable, _, _ = select.select([descriptor], [], [], max(0.0, deadline - time.monotonic()))
        piece = os.read(descriptor, _ANSWER_LIMIT) if readable else b""
        if not piece:
            break
        answer += piece
    return answer
