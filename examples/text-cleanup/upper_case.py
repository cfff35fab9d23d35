"""Turns the text into capital letters and marks the record as done."""


def transform(record: dict) -> dict:
    record["text"] = record["text"].upper()
    record["transformed"] = True
    return record
