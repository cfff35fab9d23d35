"""Refuses what cannot be priced."""


def transform(record: dict) -> dict:
    if not record["items"]:
        raise SkipRecord("the order has no items")
    return record
