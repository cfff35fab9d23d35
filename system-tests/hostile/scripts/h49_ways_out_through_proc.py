"""H49: overwrites the program it runs (CVE-2019-5736) and looks for folders of the host among what is open (CVE-2024-21626).

record 2: SUCCEEDED
    /proc/self/exe: EROFS or EACCES or ETXTBSY
    /proc/1/exe: EROFS or EACCES or ETXTBSY
    what is open: only pipes, /dev/null and a program that nobody can change
    folder it works in: /tmp
    the root of others: nothing else than its own
"""

import os

from attempts import outcomes


def overwrite(path):
    with open(path, "r+b") as file:
        file.write(b"#!")


def what_is_open():
    found = set()
    for descriptor in range(256):
        try:
            found.add(os.readlink(f"/proc/self/fd/{descriptor}").partition(":")[0] + change(descriptor))
        except OSError:
            pass
    usual = {"pipe unchanged", "/dev/null unchanged", "/memfd unchanged"}
    return "only pipes, /dev/null and a program that nobody can change" if found <= usual else " ".join(sorted(found))


def change(descriptor):
    try:
        os.pwrite(descriptor, b"letter", 0)
    except OSError:
        return " unchanged"
    return " changed"


def other_roots():
    own = os.stat("/")
    others = []
    for process in filter(str.isdecimal, os.listdir("/proc")):
        try:
            root = os.stat(f"/proc/{process}/root/")
            if (root.st_dev, root.st_ino) != (own.st_dev, own.st_ino):
                others.append(process)
        except OSError:
            pass
    return f"processes {others}" if others else "nothing else than its own"


def transform(record):
    if record["n"] == 2:
        record["answers"] = outcomes({
            "/proc/self/exe": lambda: overwrite("/proc/self/exe"),
            "/proc/1/exe": lambda: overwrite("/proc/1/exe"),
            "what is open": what_is_open,
            "folder it works in": os.getcwd,
            "the root of others": other_roots,
        })
    return record
