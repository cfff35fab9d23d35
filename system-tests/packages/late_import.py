"""Imports pandas when a record needs it, and says whether it was there already."""

import sys


def transform(record):
    is_there = "pandas" in sys.modules
    import pandas as pd

    return {**record, "sum": int(pd.Series([record["n"]] * 2).sum()), "isThere": is_there}
