"""H34: replaces what the engine works with; the next batch starts from what it was.

records: 6 in batches of 3
record 1: SCRIPT_CRASHED or TypeError
record 2: SUCCEEDED or TypeError or SCRIPT_CRASHED
"""

import builtins
import gc
import json
import os
import sys
import time


def transform(record):
    if record["n"] == 1:
        json.dumps = json.loads = None
        sys.stdout = sys.stderr = None
        time.monotonic_ns = lambda: 0
        os.write = os.read = None
        engine = [module for name, module in sys.modules.items() if name.startswith("pipeline_engine")]
        for module in engine:
            for name in [name for name in vars(module) if not name.startswith("__")]:
                setattr(module, name, None)
        gc.disable()
        builtins.len = builtins.isinstance = builtins.type = None
        sys.modules.clear()
    return record
