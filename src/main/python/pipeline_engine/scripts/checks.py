"""CHECK: finds the problems of a script without running it.

A forked child with its own limits parses the script, because a script can make the parser crash, use much memory or
take minutes. A script that exceeds a limit has a problem; the sandbox has none.
"""

import json
import os
import resource
import select
import signal
import time
import warnings

from pipeline_engine.linux.processes import die_with_parent, kill, make_dumpable, raise_oom_score, wait_for_end
from pipeline_engine.protocol.documents import to_json
from pipeline_engine.protocol.error_codes import ErrorCode
from pipeline_engine.protocol.reports import ScriptProblem
from pipeline_engine.scripts.analysis import problems_of

_PROCESSOR_SECONDS = 1
_SECONDS = 12.0
"""Wall-clock limit, for a machine so busy that a second of processor time takes longer."""
_ADDRESS_SPACE = 320 << 20
_OOM_SCORE = 1000
_ANSWER_LIMIT = 65_536


def check_in_a_child(source: bytes) -> list[ScriptProblem]:
    """The problems of a script in UTF-8; takes at most a second of processor time."""
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
    status = wait_for_end(child)
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
    make_dumpable()
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
