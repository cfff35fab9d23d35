"""H3: ignores every signal that can be ignored, then loops.

time limit: 1
record 2: TIMEOUT "longer than 1 s"
"""

import signal


def transform(record):
    if record["n"] == 2:
        for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
            try:
                signal.signal(number, signal.SIG_IGN)
            except OSError:
                pass
        while True:
            pass
    return record
