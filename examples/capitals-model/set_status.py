"""Sums up what the model says in one word."""


def transform(record: dict) -> dict:
    record["validation_status"] = "VALID" if record["is_true"] else "INVALID"
    if not record["is_true"]:
        print(f"{record['statement']} {record['reason']}")
    return record
