"""Finds where the fields of a record lie in its line, and which of them stand there as they would be written."""

import re
from json.decoder import JSONDecoder
from typing import Any, NamedTuple

from pipeline_engine.protocol.changes import LEAST_COPY
from pipeline_engine.values.quick_encoder import encode_value

SCALARS = frozenset((str, int, float, bool, type(None)))
"""Types whose values cannot change: what is identical is equal in every bit."""

_NAME = re.compile(rb' *("[^"\\]*"): *')
_STRING = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"')
_SCALAR = re.compile(rb"[^,}\] ]+")
_BETWEEN = re.compile(rb" *[,}]")
_OTHER_ESCAPE = re.compile(rb'\\[^"\\bfnrt]')
"""An escape that would not be written as it stands, or may not be."""

_BACKSLASH = ord("\\")
_ESCAPED_BACKSLASH = rb"\\"
_QUOTE = b'"'
_ESCAPED_QUOTE = b'\\"'
_NEXT_NAME = b'","'
_END = b'"}'
_LONG_TEXT = 256
_SEARCHES_LIMIT = 8
"""Ends of lists and objects that are looked for by parsing the rest of the line."""

_decoder: Any = JSONDecoder()
_parse = _decoder.scan_once


class Place(NamedTuple):
    """Bytes `begin` to `end` of the line; a whole member, or only its value, which is a text then."""

    begin: int
    end: int
    is_member: bool


class Places(NamedTuple):
    """The fields that can be copied from the line; `is_whole` if the whole line can."""

    by_name: dict[str, Place]
    is_whole: bool


NOWHERE = Places({}, False)


def places_of(line: bytes, record: dict[str, Any]) -> Places:
    """Where the fields of `record` lie in the `line` it was parsed from; lists and objects may have changed since."""
    if not record:
        return Places({}, line == b"{}")
    if b"\t" in line or b"\r" in line:
        return NOWHERE
    try:
        return _Walk(line).places(record)
    except Exception:
        # A list holds what cannot be written by now, or a script has changed how numbers are.
        return NOWHERE


class _Walk:
    """Goes through the members of a line from the left to the right."""

    def __init__(self, line: bytes) -> None:
        self._line = line
        self._is_plain = b"\\" not in line
        self._searches = 0

    def places(self, record: dict[str, Any]) -> Places:
        line = self._line
        found: dict[str, Place] = {}
        at = line.find(b"{") + 1
        is_whole = at == 1
        for name, value in record.items():
            named = _NAME.match(line, at)
            if named is None or named[1][1:-1] != name.encode("utf-8", "surrogatepass"):
                return Places(found, False)
            begin = named.end()
            end, as_written = self._end(value, begin)
            between = _BETWEEN.match(line, end) if end else None
            if between is None:
                return Places(found, False)
            # Only a value that is followed at once can be copied.
            as_written = as_written and between.end() == end + 1
            is_compact = begin == named.end(1) + 1
            if as_written and is_compact:
                found[name] = Place(named.start(1), end, True)
            elif as_written and type(value) is str and end - begin >= LEAST_COPY:
                found[name] = Place(begin, end, False)
            is_whole = is_whole and as_written and is_compact and named.start(1) == at
            at = between.end()
        return Places(found, is_whole and at == len(line))

    def _end(self, value: Any, begin: int) -> tuple[int, bool]:
        """Where the value ends that begins there, 0 if unknown, and whether it stands there as `value` is written."""
        line = self._line
        kind = type(value)
        if kind is str and self._is_plain:
            # Without backslashes a text is what it stands for, and ends at the next quote.
            return line.find(b'"', begin + 1) + 1, True
        if kind is str and len(value) >= _LONG_TEXT and (end := self._end_of_long_text(begin)):
            return end, True
        if kind in (bool, type(None)):
            scalar = _SCALAR.match(line, begin)
            return (scalar.end(), True) if scalar is not None else (0, False)
        written = encode_value({"": value})[4:-1]
        if line.startswith(written, begin):
            return begin + len(written), True
        if kind not in SCALARS:
            return self._search(begin), False
        token = (_STRING if kind is str else _SCALAR).match(line, begin)
        return (token.end(), False) if token is not None else (0, False)

    def _end_of_long_text(self, begin: int) -> int:
        """Where the text ends that begins there; 0 if it may be written in another way, or that is not seen at once.

        To write the text would take four times as long.
        """
        line = self._line
        quote = line.find(_NEXT_NAME, begin + 1)
        if quote < 0:
            quote = len(line) - len(_END)
            if not line.endswith(_END):
                return 0
        if line[quote - 1] == _BACKSLASH or line.find(_ESCAPED_BACKSLASH, begin, quote) >= 0:
            return 0
        if line.count(_QUOTE, begin + 1, quote) != line.count(_ESCAPED_QUOTE, begin + 1, quote):
            # The text ends before.
            return 0
        return 0 if _OTHER_ESCAPE.search(line, begin, quote) else quote + 1

    def _search(self, begin: int) -> int:
        self._searches += 1
        if self._searches > _SEARCHES_LIMIT:
            return 0
        text = self._line[begin:].decode()
        end = _parse(text, 0)[1]
        return begin + (end if text.isascii() else len(text[:end].encode()))
