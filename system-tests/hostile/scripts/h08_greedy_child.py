"""H8: a child eats all memory while its parent waits: the child dies, the record goes on.

record 2: SUCCEEDED
    child: killed by signal 9
"""

import subprocess
import sys

GREEDY = "hoard = []\nwhile True: hoard.append(bytearray(1 << 20))"


def transform(record):
    if record["n"] == 2:
        child = subprocess.run([sys.executable, "-c", GREEDY], stderr=subprocess.DEVNULL)
        record["answers"] = {"child": f"killed by signal {-child.returncode}"}
    return record
