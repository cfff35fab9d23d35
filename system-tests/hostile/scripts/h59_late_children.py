"""H59: children that outlive their record by ten minutes, some of them dead and not waited for.

record 2: SUCCEEDED
"""

import os
import time


def transform(record):
    if record["n"] == 2:
        for number in range(20):
            if not os.fork():
                time.sleep(600 if number % 2 else 0)
                os._exit(0)
    return record
