from enum import StrEnum


class ErrorCode(StrEnum):
    """The values of `type` in an error that are not the name of an exception; see `docs/engine-protocol.md`."""

    TIMEOUT = "TIMEOUT"
    OOM_KILLED = "OOM_KILLED"
    SCRIPT_CRASHED = "SCRIPT_CRASHED"
    RESULT_NOT_JSON = "RESULT_NOT_JSON"
    RESULT_TOO_LARGE = "RESULT_TOO_LARGE"
    RECORD_NOT_JSON = "RECORD_NOT_JSON"
    NUMBER_TOO_LONG = "NUMBER_TOO_LONG"
    NUMBER_OUT_OF_RANGE = "NUMBER_OUT_OF_RANGE"
    BATCH_ABORTED = "BATCH_ABORTED"
    SCRIPT_SYNTAX = "SCRIPT_SYNTAX"
    SCRIPT_CONTRACT = "SCRIPT_CONTRACT"
    SCRIPT_LOAD = "SCRIPT_LOAD"
