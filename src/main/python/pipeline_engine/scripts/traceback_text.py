"""Tracebacks as text, laid out as Python does; they end soon after `TRACEBACK_LIMIT` characters."""

from collections.abc import Callable, Sequence
from types import TracebackType

from pipeline_engine.protocol.documents import cut
from pipeline_engine.protocol.reports import MESSAGE_LIMIT, TRACEBACK_LIMIT
from pipeline_engine.scripts.exception_texts import (
    members_of,
    message_of,
    notes_of,
    origin_of,
    traceback_of,
    type_name,
)
from pipeline_engine.scripts.user_frames import UserFrame, format_frames

_CHAIN_LIMIT = 5
_GROUP_DEPTH_LIMIT = 5
_MEMBERS_LIMIT = 15
_EXCEPTIONS_LIMIT = 60
_MESSAGE_LIMIT = MESSAGE_LIMIT // 4
_RULE = "----------------"

_CAUSE = "The above exception was the direct cause of the following exception:"
_CONTEXT = "During handling of the above exception, another exception occurred:"


class TracebackText:
    def __init__(self, user_frames: Callable[[TracebackType | None], Sequence[UserFrame]]) -> None:
        self._user_frames = user_frames
        self._exceptions_left = _EXCEPTIONS_LIMIT
        self._characters_left = TRACEBACK_LIMIT

    def of(self, exception: BaseException) -> str:
        """The traceback without a line feed at its end."""
        return "\n".join(self._lines(exception, _CHAIN_LIMIT, 0))

    def _lines(self, exception: BaseException, chain: int, depth: int) -> list[str]:
        self._exceptions_left -= 1
        lines = self._origin(exception, chain, depth)
        members = members_of(exception)
        own = self._spend(self._frames(exception) + self._last_lines(exception))
        if members is None:
            return lines + own
        if not depth:
            own = [f"{'  | ' if number else '  + '}{line}" for number, line in enumerate(own)]
        return lines + own + self._members(members, depth)

    def _frames(self, exception: BaseException) -> list[str]:
        traceback = traceback_of(exception)
        if traceback is None:
            return []
        text = format_frames(self._user_frames(traceback)).rstrip("\n")
        return (text if members_of(exception) is None else f"Exception Group {text}").split("\n")

    def _origin(self, exception: BaseException, chain: int, depth: int) -> list[str]:
        origin, is_cause = origin_of(exception)
        if origin is None or chain <= 1 or self._is_full():
            return []
        return [*self._lines(origin, chain - 1, depth), "", _CAUSE if is_cause else _CONTEXT, ""]

    def _last_lines(self, exception: BaseException) -> list[str]:
        message = cut(message_of(exception), _MESSAGE_LIMIT)
        last = f"{type_name(exception)}: {message}" if message else type_name(exception)
        notes = [cut(note, _MESSAGE_LIMIT) for note in notes_of(exception)]
        return [line for text in (last, *notes) for line in text.split("\n")]

    def _members(self, members: Sequence[BaseException], depth: int) -> list[str]:
        lines = []
        for number, member in enumerate(members, 1):
            if number > _MEMBERS_LIMIT or depth >= _GROUP_DEPTH_LIMIT or self._is_full():
                lines.append(f"    ... {len(members) - number + 1} more exceptions left out ...")
                break
            lines.append(f"{'  +-+' if number == 1 else '    +'}{_RULE} {number} {_RULE}")
            lines += [f"    | {line}" for line in self._lines(member, _CHAIN_LIMIT, depth + 1)]
        return [*lines, f"    +{_RULE}{_RULE}----"]

    def _is_full(self) -> bool:
        return self._exceptions_left <= 0 or self._characters_left <= 0

    def _spend(self, lines: list[str]) -> list[str]:
        self._characters_left -= sum(map(len, lines))
        return lines
