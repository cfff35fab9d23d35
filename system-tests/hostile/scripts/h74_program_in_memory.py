"""H74: runs a program from a file in memory: it can, and has the same walls around it as the script.

record 2: SUCCEEDED
    a program in memory: runs
    its rights: none
    its filter: 2
    its writing to /proc: refused
    a program in /tmp: EACCES
"""

import os
import shutil
import subprocess

from attempts import outcome_of


def in_memory(*arguments):
    descriptor = os.memfd_create("program")
    with open("/bin/dash", "rb") as program, os.fdopen(os.dup(descriptor), "wb") as copy:
        shutil.copyfileobj(program, copy)
    done = subprocess.run([f"/proc/self/fd/{descriptor}", "-c", *arguments], pass_fds=[descriptor], capture_output=True, check=False)
    os.close(descriptor)
    return done


def field(name):
    status = in_memory("while read line; do echo \"$line\"; done < /proc/self/status").stdout.decode()
    return next(line.split()[1] for line in status.splitlines() if line.startswith(name))


def in_temporary_folder():
    shutil.copy("/bin/dash", "/tmp/program")
    os.chmod("/tmp/program", 0o755)
    subprocess.run(["/tmp/program", "-c", ":"], check=True)


def transform(record):
    if record["n"] == 2:
        record["answers"] = {
            "a program in memory": "runs" if in_memory("echo here").stdout == b"here\n" else "does not run",
            "its rights": "none" if int(field("CapEff"), 16) == 0 else "some",
            "its filter": field("Seccomp:"),
            "its writing to /proc": "refused" if in_memory("echo 500 > /proc/self/oom_score_adj").returncode else "succeeded",
            "a program in /tmp": outcome_of(in_temporary_folder),
        }
    return record
