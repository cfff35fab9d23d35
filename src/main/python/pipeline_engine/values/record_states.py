"""Tells the values of a record after its stages as changes.

Values are written and compared as texts. Of long texts that takes longer than comparing objects: there, a value that is
still the same object counts as written if its type cannot change, and only the others are written.
"""

from operator import is_
from typing import Any

from pipeline_engine.protocol.changes import (
    COPIES_LIMIT,
    FROM_PARTS,
    MEMBERS_LIMIT,
    Copy,
    Part,
    pack_change,
    table_bytes,
)
from pipeline_engine.values.change_draft import NOWHERE, ChangeDraft, Field
from pipeline_engine.values.quick_encoder import encode_value
from pipeline_engine.values.record_places import SCALARS, places_of

LONG_RECORD = 1024
"""Bytes of a record from which on its values are told as changes, unless they are the same."""

_FEW_FIELDS_BYTES = 8192
_LONG_FIELD_BYTES = 512
"""Bytes of a record, and of its fields on average, from which on objects are compared sooner than written."""

_TOO_LITTLE = 8
"""Of a value, that share of characters which must be in texts that are kept."""

_COMMA = ord(",")


class WrittenStates:
    """The values of a record whose values are all written: each is compared with the text of the one before."""

    def __init__(self, line: bytes, keeps_every_stage: bool) -> None:
        self._keeps_every_stage = keeps_every_stage
        self._before = line
        # Where the members of that value stand, in its order.
        self._runs = [(1, len(line) - 2)]
        self._parts_length = 0

    def part_of(self, returned: Any) -> Part:
        """The part that tells what a stage has returned; raises ValueRefused."""
        value = encode_value(returned)
        if value == self._before:
            return Part(b"", True, len(value))
        runs = self._runs
        part = self._extended(value, runs) if type(returned) is dict and len(returned) <= MEMBERS_LIMIT else None
        if self._keeps_every_stage:
            if part is None:
                self._runs = [(self._parts_length + 1 | FROM_PARTS, len(value) - 2)]
            else:
                begin = self._parts_length + table_bytes(len(runs)) + len(runs) + 1
                self._runs = [*runs, (begin | FROM_PARTS, len(value) - len(self._before) - 1)]
            self._before = value
            self._parts_length += len(value if part is None else part)
        return Part(value, False, len(value)) if part is None else Part(part, True, len(value))

    def _extended(self, value: bytes, runs: list[tuple[int, int]]) -> bytes | None:
        """The value as a change that adds members at the end of the value before, if that is what it is."""
        end = len(self._before) - 1
        if len(value) <= end or value[end] != _COMMA or value[:end] != self._before[:end]:
            return None
        copies = [Copy(1, begin, length) for begin, length in runs]
        part = pack_change(copies, b"{" + b"," * (len(runs) - 1) + value[end:])
        return part if len(part) < len(value) and len(runs) <= COPIES_LIMIT else None


class LongStates:
    """The values of a record with few and long fields.

    To be made before a script has seen `record`, which was parsed from `line`.
    """

    def __init__(self, line: bytes, record: dict[str, Any], keeps_every_stage: bool) -> None:
        self._line = line
        self._keeps_every_stage = keeps_every_stage
        self._record = self._before = record.copy()
        self._has_containers = not SCALARS.issuperset(map(type, record.values()))
        self._length = len(line)
        self._parts_length = 0
        # Whether a part without bytes would tell the value of `_before`.
        self._can_repeat = False
        # Of all values so far: a field that has gone may come back.
        self._fields: dict[str, Field] | None = None
        # Whether the value before is made of these fields.
        self._are_fields_told = True

    def part_of(self, returned: Any) -> Part:
        """The part that tells what a stage has returned; raises ValueRefused."""
        part = self._part_of(returned)
        if part.content or not part.is_change:
            # What pretends to be a dict is not compared with.
            is_dict = type(returned) is dict
            self._before = returned.copy() if is_dict else {}
            self._has_containers = not SCALARS.issuperset(map(type, self._before.values()))
            self._length = part.value_length
            # If only one value is kept, what is left out would be the record.
            self._can_repeat = self._keeps_every_stage and is_dict
            self._parts_length += len(part.content)
        return part

    def _part_of(self, returned: Any) -> Part:
        if type(returned) is not dict or len(returned) > MEMBERS_LIMIT or self._keeps_little(returned):
            return self._whole(returned)
        fields = self._fields
        if fields is None:
            fields = self._fields = self._fields_of_record()
        if self._can_repeat and not self._has_containers and self._is_identical(returned):
            return Part(b"", True, self._length)
        try:
            return self._change(returned, fields) or self._whole(returned)
        except Exception:
            # Written as a whole, the message tells where in the value the reason is.
            return self._whole(returned)

    def _keeps_little(self, returned: dict[str, Any]) -> bool:
        """Whether so much is new, or in lists and objects, that looking for the rest takes longer than it saves."""
        before = self._before.get
        kept = 0
        for name, value in returned.items():
            # Other names may run code of a script when they are compared.
            if type(value) is str and type(name) is str and before(name) is value:
                kept += len(value)
        return kept < self._length // _TOO_LITTLE

    def _is_identical(self, returned: dict[str, Any]) -> bool:
        before = self._before
        return (
            len(before) == len(returned)
            and all(map(is_, before.values(), returned.values()))
            and all(map(is_, before, returned))
        )

    def _fields_of_record(self) -> dict[str, Field]:
        places = places_of(self._line, self._record)
        self._can_repeat = self._can_repeat or (places.is_whole and self._before is self._record)
        return {name: Field(self._record[name], None, *place) for name, place in places.by_name.items()}

    def _change(self, returned: dict[str, Any], fields: dict[str, Field]) -> Part | None:
        draft = ChangeDraft(self._line, self._parts_length)
        for name, value in returned.items():
            field = fields.get(name) if type(name) is str else None
            written = None
            if type(value) not in SCALARS:
                written = encode_value({name: value})[1:-1]
                if field is not None and written != self._text_of(field):
                    field = None
            elif field is not None and field.value is not value:
                field = None
            if field is not None and field.begin != NOWHERE:
                draft.copy(name, field)
            else:
                known = field.written if field is not None else written
                draft.write(name, value, known or encode_value({name: value})[1:-1])
        if (
            self._can_repeat
            and self._are_fields_told
            and not draft.has_new_fields
            and list(returned) == list(self._before)
        ):
            return Part(b"", True, self._length)
        part = draft.finish()
        if part is not None:
            fields.update(draft.new_fields(part, self._keeps_every_stage))
            self._are_fields_told = True
        return part

    def _text_of(self, field: Field) -> bytes:
        return self._line[field.begin : field.end] if field.written is None else field.written

    def _whole(self, returned: Any) -> Part:
        value = encode_value(returned)
        self._are_fields_told = False
        return Part(value, False, len(value))


States = WrittenStates | LongStates


def states_of(line: bytes, record: dict[str, Any], keeps_every_stage: bool) -> States:
    if len(line) < _FEW_FIELDS_BYTES or len(line) < _LONG_FIELD_BYTES * len(record):
        return WrittenStates(line, keeps_every_stage)
    return LongStates(line, record, keeps_every_stage)
