"""Values as people read them, and texts that are safe and wide enough for a terminal."""

from __future__ import annotations

import unicodedata
from typing import Any

_UNITS = ("B", "KB", "MB", "GB", "TB")


def printable(value: Any) -> str:
    """One line, without characters that would move the cursor, change colours or reverse the text."""
    return "".join(_visible(character) for character in str(value))


def _visible(character: str) -> str:
    if character in "\n\r\t":
        return " "
    # Control, format (such as the overriding directions), surrogates, line and paragraph separators.
    return "\ufffd" if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") else character


def width(text: str) -> int:
    """Columns of a terminal."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def fit(text: str, columns: int) -> str:
    """The text, cut to so many columns with a sign that it was."""
    if width(text) <= columns:
        return text
    kept = []
    left = max(columns - 1, 0)
    for character in text:
        left -= _columns(character)
        if left < 0:
            break
        kept.append(character)
    return "".join(kept) + "…"


def amount(number: int) -> str:
    return f"{number:,}"


def bytes_text(number: float) -> str:
    power = 0
    while number >= 1000 and power < len(_UNITS) - 1:
        number /= 1000
        power += 1
    return f"{number:.1f} {_UNITS[power]}" if power and number < 100 else f"{number:.0f} {_UNITS[power]}"


def duration_text(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds < 10 else rough_duration_text(seconds)


def rough_duration_text(seconds: float) -> str:
    """In whole seconds, for what is only guessed."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


def time_text(instant: str | None) -> str:
    """An instant of the API in the time zone of this machine, to the minute."""
    if not instant:
        return ""
    from datetime import datetime

    return datetime.fromisoformat(f"{instant[:19]}+00:00").astimezone().strftime("%Y-%m-%d %H:%M")
