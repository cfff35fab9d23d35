"""Sums of amounts by country."""

import os

import pandas as pd

IMPORTED = os.urandom(8).hex()


def transform(record):
    frame = pd.DataFrame(record["rows"], columns=["country", "amount"])
    totals = frame.groupby("country")["amount"].sum()
    mean = None if frame.empty else float(frame["amount"].mean())
    return {"totals": totals.to_dict(), "mean": mean, "imported": IMPORTED}
