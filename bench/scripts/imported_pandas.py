import os

import pandas

IMPORTED = os.urandom(8).hex()


def transform(record):
    record["imported"] = f"pandas {pandas.__version__} {IMPORTED}"
    return record
