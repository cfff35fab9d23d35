"""With which a build can decide what to do; docs/cli.md explains them."""

OK = 0
RECORDS_FAILED = 1
UNUSABLE = 2
UNREACHABLE = 3
REFUSED = 4
RUN_FAILED = 5
NOT_OVER = 6
INTERRUPTED = 130
TERMINATED = 143

_BY_STATUS = {"SUCCEEDED": OK, "PARTIAL": RECORDS_FAILED, "FAILED": RUN_FAILED, "CANCELLED": RUN_FAILED}


def of_run(status: str) -> int:
    return _BY_STATUS.get(status, NOT_OVER)
