"""Writes the claim of a record as a sentence."""


def transform(record: dict) -> dict:
    capital = record.get("capital", "unknown")
    record["statement"] = f"The capital of {record['country']} is {capital}."
    return record
