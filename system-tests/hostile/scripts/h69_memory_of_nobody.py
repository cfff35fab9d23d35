"""H69: fills the memory with what belongs to no process, held by small programs that ask to be spared.

time limit: 20
record 1: SUCCEEDED
    asking to be spared: EACCES
    a program that asks: refused
record 2: OOM_KILLED or SCRIPT_CRASHED
"""

import os
import socket
import subprocess

from attempts import outcome_of

ASK = "echo 500 > /proc/self/oom_score_adj"


def ask():
    with open("/proc/self/oom_score_adj", "wb") as file:
        file.write(b"500")


def fill(end):
    end.setblocking(False)
    try:
        while True:
            end.send(bytes(65_536))
    except OSError:
        return


def transform(record):
    if record["n"] == 1:
        status = subprocess.run(["sh", "-c", ASK], capture_output=True, check=False).returncode
        record["answers"] = {"asking to be spared": outcome_of(ask), "a program that asks": "refused" if status else "spared"}
    if record["n"] == 2:
        for _ in range(40):
            pairs = [socket.socketpair() for _ in range(60)]
            for pair in pairs:
                for end in pair:
                    fill(end)
            held = [end.fileno() for pair in pairs for end in pair]
            subprocess.Popen(["sh", "-c", f"{ASK}; exec sleep 60"], pass_fds=held, stderr=subprocess.DEVNULL)
            for pair in pairs:
                for end in pair:
                    end.close()
        os._exit(1)
    return record
