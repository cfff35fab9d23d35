"""H66: changes the loader, which the next batch comes from: by its files in /proc, and by signals that the script handles.

records: 6 in batches of 3
record 1: SUCCEEDED
    mem: EACCES
    oom_score_adj: EACCES
    comm: EACCES
    clear_refs: EACCES
    coredump_filter: EACCES
    signals: succeeded
record 4: SUCCEEDED
    signals handled: 0
"""

import os
import signal
import time

from attempts import outcomes

handled = []
for number in (signal.SIGUSR1, signal.SIGALRM, signal.SIGCHLD, signal.SIGTERM, signal.SIGRTMIN):
    signal.signal(number, lambda *_: handled.append(1))


def write(name):
    os.close(os.open(f"/proc/{os.getppid()}/{name}", os.O_WRONLY))


def send():
    for number in (signal.SIGUSR1, signal.SIGALRM, signal.SIGCHLD, signal.SIGTERM, signal.SIGRTMIN):
        os.kill(os.getppid(), number)
    time.sleep(0.2)


def transform(record):
    if record["n"] == 1:
        names = ("mem", "oom_score_adj", "comm", "clear_refs", "coredump_filter")
        record["answers"] = outcomes({name: lambda at=name: write(at) for name in names} | {"signals": send})
    if record["n"] == 4:
        record["answers"] = {"signals handled": str(len(handled))}
    return record
