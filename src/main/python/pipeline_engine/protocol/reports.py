"""Error reports as the protocol describes them; every text in them is bounded."""

import json
from typing import Any

from pipeline_engine.protocol.pipeline import StageScript

MESSAGE_LIMIT = 8192
TRACEBACK_LIMIT = 16_384
TYPE_LIMIT = 200
LINE_LIMIT = 1_000_000_000

Report = dict[str, Any]


def cut(text: str, limit: int) -> str:
    """The text, or its beginning with a note, in at most `limit` bytes of UTF-8."""
    if len(text) * 4 <= limit or len(text.encode("utf-8", "surrogatepass")) <= limit:
        return text
    note = f"... ({len(text):,} characters)"
    kept = text[:limit].encode("utf-8", "surrogatepass")[: limit - len(note)]
    return kept.decode("utf-8", "ignore") + note


def to_json(document: Any) -> bytes:
    """JSON in UTF-8; texts with lone surrogates are written with escapes."""
    try:
        return json.dumps(document, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(document).encode()


def report(
    kind: str,
    message: str,
    script: StageScript | None = None,
    line: int | None = None,
    traceback: str | None = None,
) -> Report:
    """An error at a place in a script, as far as one is known."""
    return {
        "step": script.step if script else None,
        "stage": script.stage if script else None,
        "type": cut(kind, TYPE_LIMIT),
        "message": cut(message, MESSAGE_LIMIT),
        "traceback": cut(traceback, TRACEBACK_LIMIT) if traceback else None,
        "script": script.name if script else None,
        "line": line,
    }


def report_from(body: bytes) -> Report | None:
    """A report written by a process that runs user code; None if it does not look like one."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or set(found) != set(report("", "")):
        return None
    if not isinstance(found["type"], str) or not isinstance(found["message"], str):
        return None
    for name in ("traceback", "step", "stage", "script"):
        if not isinstance(found[name], str | None):
            return None
    line = found["line"]
    if not isinstance(line, int | None) or isinstance(line, bool):
        return None
    limits = {"type": TYPE_LIMIT, "traceback": TRACEBACK_LIMIT}
    texts = {name: cut(text, limits.get(name, MESSAGE_LIMIT)) for name, text in found.items() if isinstance(text, str)}
    return found | texts | {"line": line if line is not None and 0 < line <= LINE_LIMIT else None}
