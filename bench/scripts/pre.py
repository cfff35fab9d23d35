def transform(record):
    record["statement"] = "row %s" % record["id"]
    return record
