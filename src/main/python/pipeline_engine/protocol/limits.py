MEBIBYTE = 1 << 20

INPUT_LIMIT = 17 * MEBIBYTE
"""Bytes of the longest frame to the engine: one record of 16 MiB, as escaped as it may be."""

RECORD_VALUES_LIMIT = 62 * MEBIBYTE
"""Bytes that all values of one record may have together, so that its frame stays within the protocol."""

RECORDS_IN_FLIGHT_LIMIT = 1024
