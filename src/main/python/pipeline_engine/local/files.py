"""Pipelines and records from files, for running the engine without the service."""

import json
import re
from pathlib import Path
from typing import Any

# A string as it stands, or the blanks between two tokens.
_BLANKS = re.compile(r'("(?:[^"\\]|\\.)*")|[ \t\r\n]+')


class InvalidFile(Exception):
    """A file that cannot be used, with the reason in words."""


def read_pipeline(path: Path) -> dict[str, Any]:
    """The content of a PIPELINE frame from a definition; raises InvalidFile.

    A script is `{"name", "source"}` or `{"name"}` as in the API, or a file name under `main_script`,
    `pre_script` and `post_script`; files are looked for beside the definition.
    """
    try:
        definition = json.loads(_read(path))
        steps = [{"name": step["name"], "stages": _stages(step, path.parent)} for step in definition["steps"]]
    except (ValueError, KeyError, TypeError) as problem:
        raise InvalidFile(f"{path} is not a pipeline definition: {problem!r}") from None
    return {"steps": steps}


def _stages(step: dict[str, Any], folder: Path) -> list[dict[str, str]]:
    stages = []
    for stage in ("pre", "main", "post"):
        script = step.get(stage) or step.get(f"{stage}_script")
        if not script:
            continue
        named = {"name": script} if isinstance(script, str) else script
        source = named["source"] if "source" in named else _read(folder / named["name"])
        stages.append({"stage": stage, "script": named["name"], "source": source})
    if not any(stage["stage"] == "main" for stage in stages):
        raise InvalidFile(f"the step {step['name']!r} has no main script")
    return stages


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise InvalidFile(f"{path} cannot be read: {problem}") from None


def read_records(path: Path) -> list[str]:
    """The records of a JSON array, a single object or NDJSON, each as its own text in one line; raises InvalidFile."""
    text = _read(path)
    start = _after_blanks(text, 0)
    in_array = text.startswith("[", start)
    at = _after_blanks(text, start + 1) if in_array else start
    records = []
    while at < len(text) and not (in_array and text[at] == "]"):
        end = _end_of_record(text, at, path)
        records.append(_BLANKS.sub(lambda found: found[1] or "", text[at:end]))
        at = _after_blanks(text, end)
        if in_array:
            at = _after_separator(text, at, path)
    if in_array and (at >= len(text) or _after_blanks(text, at + 1) != len(text)):
        raise InvalidFile(f"{path}: the array does not end where the file does")
    if not records:
        raise InvalidFile(f"{path} holds no record")
    return records


def _end_of_record(text: str, at: int, path: Path) -> int:
    try:
        value, end = json.JSONDecoder(parse_int=str).raw_decode(text, at)
    except (ValueError, RecursionError) as problem:
        raise InvalidFile(f"{path} is not JSON: {problem}") from None
    if not isinstance(value, dict):
        raise InvalidFile(f"{path}, {_line_of(text, at)}: a record must be a JSON object")
    return end


def _after_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n":
        at += 1
    return at


def _line_of(text: str, at: int) -> str:
    return f"line {text.count(chr(10), 0, at) + 1}"


def _after_separator(text: str, at: int, path: Path) -> int:
    if text.startswith("]", at):
        return at
    following = _after_blanks(text, at + 1)
    if not text.startswith(",", at) or text.startswith("]", following):
        raise InvalidFile(f"{path}, {_line_of(text, at)}: a comma or the end of the array was expected")
    return following
