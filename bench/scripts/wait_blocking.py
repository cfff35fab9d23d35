import time


def transform(record):
    time.sleep(0.05)
    return record
