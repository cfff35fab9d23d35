def transform(record):
    record["ok"] = record["id"] % 2 == 0
    return record
