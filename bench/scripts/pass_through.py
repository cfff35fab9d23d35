def transform(record):
    return record
