"""Puts together a value from texts and copies, member by member."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from pipeline_engine.protocol.changes import COPIES_LIMIT, FROM_PARTS, LEAST_COPY, Copy, Part, pack_change, table_bytes
from pipeline_engine.values.quick_encoder import encode_value

NOWHERE = -1


class Field(NamedTuple):
    """A field as it was told last: `written` is its member as JSON, None if it is in the record only.

    It can be copied from `begin` to `end`, the member or only its value, if `begin` is not NOWHERE.
    """

    value: Any
    written: bytes | None
    begin: int
    end: int
    is_member: bool


class _NewField(NamedTuple):
    name: str
    value: Any
    written: bytes
    in_texts: int
    in_value: int


class ChangeDraft:
    """A value under way; `line` is the record, and `parts_length` the bytes of the parts before this one."""

    def __init__(self, line: bytes, parts_length: int) -> None:
        self._line = line
        self._parts_length = parts_length
        self._copies: list[Copy] = []
        self._texts: list[bytes] = []
        self._new: list[_NewField] = []
        self._run: list[Field] = []
        self._end = NOWHERE
        self._text_length = 0
        self._text_before_copy = 0
        self._value_length = 0

    def write(self, name: str, value: Any, written: bytes) -> None:
        """Go on with a member that is new."""
        self._end_run()
        self._write(b"," if self._value_length else b"{")
        self._new.append(_NewField(name, value, written, self._text_length, self._value_length))
        self._write(written)

    def copy(self, name: str, field: Field) -> None:
        """Go on with a member that has been told before."""
        if field.begin == self._end + 1 and field.is_member:
            self._run.append(field)
            self._end = field.end
            return
        self._end_run()
        if field.is_member:
            self._run.append(field)
            self._end = field.end
        else:
            separator = b"," if self._value_length else b"{"
            self._write(separator + encode_value({name: 0})[1:-2])
            self._copy(field.begin, field.end - field.begin)

    def _end_run(self) -> None:
        """Copy the members that stand side by side, or write them if they are short."""
        run = self._run
        if not run:
            return
        self._write(b"," if self._value_length else b"{")
        begin, length = run[0].begin, self._end - run[0].begin
        if length >= LEAST_COPY:
            self._copy(begin, length)
        elif begin & FROM_PARTS:
            self._write(b",".join(field.written for field in run if field.written is not None))
        else:
            self._write(self._line[begin : begin + length])
        run.clear()
        self._end = NOWHERE

    def _write(self, text: bytes) -> None:
        self._texts.append(text)
        self._text_length += len(text)
        self._value_length += len(text)

    def _copy(self, begin: int, length: int) -> None:
        self._copies.append(Copy(self._text_length - self._text_before_copy, begin, length))
        self._text_before_copy = self._text_length
        self._value_length += length

    def finish(self) -> Part | None:
        """The part that tells the value; None if it takes too many copies."""
        self._end_run()
        self._write(b"}" if self._value_length else b"{}")
        if len(self._copies) > COPIES_LIMIT:
            return None
        texts = b"".join(self._texts)
        if not self._copies:
            return Part(texts, False, self._value_length)
        return Part(pack_change(self._copies, texts), True, self._value_length)

    @property
    def has_new_fields(self) -> bool:
        return bool(self._new)

    def new_fields(self, part: Part, are_kept: bool) -> Iterator[tuple[str, Field]]:
        """What was new in the value, and where later stages can copy it from: nowhere if it is not kept."""
        before = (self._parts_length | FROM_PARTS) + (table_bytes(len(self._copies)) if part.is_change else 0)
        for new in self._new:
            begin = before + (new.in_texts if part.is_change else new.in_value) if are_kept else NOWHERE
            if type(new.name) is str:
                yield new.name, Field(new.value, new.written, begin, begin + len(new.written), True)
