"""JSON documents within frames, and the texts in them."""

import json
from typing import Any


def to_json(document: Any) -> bytes:
    """JSON in UTF-8; texts with lone surrogates are written with escapes."""
    try:
        return json.dumps(document, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(document).encode()


def cut(text: str, limit: int) -> str:
    """The text, or its beginning with a note, in at most `limit` bytes of UTF-8."""
    if len(text) * 4 <= limit or len(text.encode("utf-8", "surrogatepass")) <= limit:
        return text
    note = f"... ({len(text):,} characters)"
    kept = text[:limit].encode("utf-8", "surrogatepass")[: limit - len(note)]
    return kept.decode("utf-8", "ignore") + note


def type_name(value: Any, unnamed: str) -> str:
    """The name of the type of a value; `unnamed` if the type hides it."""
    try:
        name = type(value).__name__
    except Exception:
        return unnamed
    return name if type(name) is str else unnamed
