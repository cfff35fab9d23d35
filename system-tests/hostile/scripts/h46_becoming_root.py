"""H46: becomes another user, by system call and by program.

record 2: SUCCEEDED
    setuid: EPERM
    setgid: EPERM
    setgroups: EPERM
    su: did not help
    sudo: did not help
    mount: did not help
    files that change the user: none
"""

import os
import stat
import subprocess

from attempts import outcomes

COMMANDS = {"su": ["su", "-c", "id -u"], "sudo": ["sudo", "-n", "id", "-u"], "mount": ["mount", "-t", "tmpfs", "none", "/tmp"]}


def run(command):
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=5)
    except (OSError, subprocess.TimeoutExpired):
        return "did not help"
    return "did not help" if done.returncode else done.stdout.decode()


def changes_user(path):
    mode = os.lstat(path).st_mode
    return stat.S_ISREG(mode) and mode & (stat.S_ISUID | stat.S_ISGID)


def files_that_change_the_user():
    found = []
    for folder, _, names in os.walk("/", onerror=lambda _: None):
        if not folder.startswith(("/proc", "/sys")):
            found += [path for name in names if changes_user(path := os.path.join(folder, name))]
    return " ".join(found) or "none"


def transform(record):
    if record["n"] == 2:
        record["answers"] = outcomes(
            {"setuid": lambda: os.setuid(0), "setgid": lambda: os.setgid(0), "setgroups": lambda: os.setgroups([0])}
            | {name: lambda command=command: run(command) for name, command in COMMANDS.items()}
            | {"files that change the user": files_that_change_the_user}
        )
    return record
