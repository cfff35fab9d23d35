"""H90: stops and kills whoever carries its calls: its next batch calls as before.

models: one
records: 6 in batches of 3
record 1: SUCCEEDED
    before: 200
record 4: SUCCEEDED
    afterwards: 200
"""

import os
import signal

from attempts import answer_to, model_call, outcomes


def signal_everybody(number):
    for process in filter(str.isdecimal, os.listdir("/proc")):
        # 1 is the supervisor, whom signals of its own container do not reach.
        if int(process) not in (1, os.getpid(), os.getppid()):
            try:
                os.kill(int(process), number)
            except OSError:
                pass


def transform(record):
    if record["n"] == 1:
        record["answers"] = outcomes({"before": lambda: answer_to(model_call())})
        signal_everybody(signal.SIGSTOP)
        signal_everybody(signal.SIGKILL)
    if record["n"] == 4:
        record["answers"] = outcomes({"afterwards": lambda: answer_to(model_call())})
    return record
