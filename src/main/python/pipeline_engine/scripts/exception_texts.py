"""Type, message, cause and notes of exceptions, read so that no class of a script can interfere."""

from itertools import islice
from types import TracebackType
from typing import Any

from pipeline_engine.protocol import documents

_NOTES_LIMIT = 20

_traceback = BaseException.__dict__["__traceback__"].__get__
_cause = BaseException.__dict__["__cause__"].__get__
_context = BaseException.__dict__["__context__"].__get__
_suppresses_context = BaseException.__dict__["__suppress_context__"].__get__
_attributes = BaseException.__dict__["__dict__"].__get__
_members = BaseExceptionGroup.__dict__["exceptions"].__get__


def type_name(exception: BaseException) -> str:
    """The name of its class, even if the class hides it."""
    return documents.type_name(exception, "Exception")


def message_of(exception: BaseException) -> str:
    """The text of an exception, even if its `__str__` fails."""
    try:
        return str.__str__(str(exception))
    except BaseException as problem:
        return f"<no message: its __str__ raised {type_name(problem)}>"


def traceback_of(exception: BaseException) -> TracebackType | None:
    """Where it was raised."""
    found: TracebackType | None = _traceback(exception)
    return found


def origin_of(exception: BaseException) -> tuple[BaseException | None, bool]:
    """Its cause and True, or the exception that was being handled and False."""
    cause: BaseException | None = _cause(exception)
    if cause is not None:
        return cause, True
    return None if _suppresses_context(exception) else _context(exception), False


def members_of(exception: BaseException) -> tuple[BaseException, ...] | None:
    """The exceptions in a group; None for one that is no group."""
    if not issubclass(type(exception), BaseExceptionGroup):
        return None
    members: tuple[BaseException, ...] = _members(exception)
    return members


def notes_of(exception: BaseException) -> list[str]:
    """At most 20 of the notes added to it (PEP 678), and a line that counts the others."""
    try:
        notes = dict.get(_attributes(exception), "__notes__")
    except BaseException:
        # One of its attributes has a key that cannot be compared.
        return []
    if notes is None:
        return []
    if type(notes) not in (list, tuple):
        return [_text_of(notes)]
    shown = [_text_of(note) for note in islice(notes, _NOTES_LIMIT)]
    left_out = len(notes) - len(shown)
    return shown if not left_out else [*shown, f"... {left_out} notes left out ..."]


def _text_of(note: Any) -> str:
    try:
        return str.__str__(note) if issubclass(type(note), str) else str.__str__(repr(note))
    except BaseException as problem:
        return f"<no note: its __repr__ raised {type_name(problem)}>"
