"""Takes away surplus white space."""


def transform(record: dict) -> dict:
    record["text"] = " ".join(record["text"].split())
    return record
