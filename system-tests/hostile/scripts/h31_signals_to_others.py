"""H31: aborts, signals process 1, kills the process it was forked from, and everything in reach.

records: 8 in batches of 4
record 1: SCRIPT_CRASHED "signal 6"
record 2: SUCCEEDED
    kill: no effect
    interrupt: no effect
    stop: no effect
record 5: SCRIPT_CRASHED
record 6: SCRIPT_CRASHED
"""

import os
import signal
import time


def signal_process_1(number):
    os.kill(1, number)
    time.sleep(0.05)
    return "no effect"


def transform(record):
    if record["n"] == 1:
        os.abort()
    if record["n"] == 2:
        signals = {"kill": signal.SIGKILL, "interrupt": signal.SIGINT, "stop": signal.SIGSTOP}
        record["answers"] = {name: signal_process_1(number) for name, number in signals.items()}
    if record["n"] == 5:
        os.kill(os.getppid(), signal.SIGKILL)
        time.sleep(60)
    if record["n"] == 6:
        os.kill(-1, signal.SIGKILL)
        time.sleep(60)
    return record
