"""H17: a child in another session keeps standard output open for ten minutes; the batch ends without it.

record 2: SUCCEEDED
"""

import subprocess


def transform(record):
    if record["n"] == 2:
        subprocess.Popen(["sleep", "600"], start_new_session=True)
    return record
