"""Writes the claim of a record as a sentence."""


def transform(record: dict) -> dict:
    record["statement"] = f"The capital of {record['country']} is {record['capital']}."
    return record
