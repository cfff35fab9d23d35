"""Sums up the outcome of the check in one word."""


def transform(record: dict) -> dict:
    record["validation_status"] = "VALID" if record["is_correct"] else "INVALID"
    if not record["is_correct"]:
        print(f"{record['country']}: {record['capital']} should be {record['expected_capital']}")
    return record
