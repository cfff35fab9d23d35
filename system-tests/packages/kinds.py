"""Returns values as pandas and numpy make them."""

import numpy as np
import pandas as pd

FRAME = pd.DataFrame({"a": [1, 2]})
VALUES = {
    "float64": np.float64(1.5),
    "int64": FRAME["a"].sum(),
    "bool": FRAME["a"].iloc[0] == 1,
    "timestamp": pd.Timestamp("2026-01-31"),
    "missing": float("nan"),
    "missingTime": pd.NaT,
    "array": FRAME["a"].to_numpy(),
    "series": FRAME["a"],
    "frame": FRAME,
}


def transform(record):
    return {"value": VALUES[record["kind"]]}
