"""Adds up an order exactly: prices are decimal text, never binary fractions."""

from decimal import Decimal


def transform(record: dict) -> dict:
    total = sum(item["quantity"] * Decimal(item["price"]) for item in record["items"])
    record["total"] = str(total)
    return record
