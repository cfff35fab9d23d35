"""H15: ten thousand threads that stay.

record 2: RuntimeError "can't start new thread"
"""

import threading
import time


def transform(record):
    if record["n"] == 2:
        for _ in range(10_000):
            threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
    return record
