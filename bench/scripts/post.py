def transform(record):
    record["validation_status"] = "VALID" if record["ok"] else "INVALID"
    return record
