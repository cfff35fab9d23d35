"""CHECK: what can be said of a script without running it.

Parsing happens in a forked child with limits of its own, because the parser itself can be made to crash, to eat
memory or to take minutes. The script is never executed. What goes beyond a limit is a problem of the script, never
of the sandbox.
"""

import json
import os
import resource
import select
import signal
import time
import warnings

from pipeline_engine.linux.processes import bury, die_with_parent, kill, open_to_others, raise_oom_score
from pipeline_engine.protocol.documents import to_json
from pipeline_engine.protocol.error_codes import ErrorCode
from pipeline_engine.protocol.reports import ScriptProblem
from pipeline_engine.scripts.analysis import problems_of

_PROCESSOR_SECONDS = 1
_SECONDS = 12.0
"""For a machine that is so busy that a second of processor time takes longer."""
_ADDRESS_SPACE = 320 << 20
_OOM_SCORE = 1000
_ANSWER_LIMIT = 65_536


def check_in_a_child(source: bytes) -> list[ScriptProblem]:
    """The problems of a script, also of one that takes the parser down; at most a second of processor time."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.close(read)
            _limit_this_process()
            os.write(write, to_json([problem.document() for problem in problems_of(source)]))
        finally:
            os._exit(0)
    os.close(write)
    answer = _read_all(read, time.monotonic() + _SECONDS)
    os.close(read)
    kill(child)
    status = bury(child)
    try:
        return [ScriptProblem(**problem) for problem in json.loads(answer)]
    except ValueError:
        return [ScriptProblem.error(ErrorCode.SCRIPT_SYNTAX, _reason(status))]


def _reason(status: int | None) -> str:
    if status is not None and os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGKILL):
        return (
            f"the script takes Python more than {_PROCESSOR_SECONDS} s or too much memory to compile: make it shorter,"
            " or put large constants into the records"
        )
    return "the script is too large or nested too deep for Python's parser"


def _limit_this_process() -> None:
    die_with_parent()
    open_to_others()
    raise_oom_score(os.getpid(), _OOM_SCORE)
    warnings.simplefilter("ignore")
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CPU, (_PROCESSOR_SECONDS, _PROCESSOR_SECONDS + 1))
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
