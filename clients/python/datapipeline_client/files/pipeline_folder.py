"""A pipeline as files: pipeline.json with the names of its scripts, and the scripts beside it.

    {"name": "capitals", "steps": [{"name": "check", "pre_script": "build.py", "main_script": "check.py"}]}

The service and `datapipeline local` read the same form. The API's own form, with `{"name", "source"}` in place of a
file name, is read too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from datapipeline_client.errors import InvalidInput
from datapipeline_client.files.saving import replaced

DEFINITION = "pipeline.json"
_STAGES = ("pre", "main", "post")
_BESIDE_STEPS = ("description", "llm", "environment")
# Names that mean the same file on every system; everything else is replaced.
_UNUSUAL = re.compile(r"[^\w. -]")


def read_pipeline(path: Path) -> dict[str, Any]:
    """The pipeline as the API takes it, from a folder or the path of a definition. Raises InvalidInput."""
    file = path / DEFINITION if path.is_dir() else path
    try:
        definition = json.loads(_text(file))
        steps = [_step(step, file.parent) for step in definition["steps"]]
        beside = {name: definition[name] for name in _BESIDE_STEPS if definition.get(name) is not None}
        return {"name": definition["name"], **beside, "steps": steps}
    except KeyError as missing:
        raise InvalidInput(f"{file} is no pipeline: {missing} is missing.") from None
    except (ValueError, TypeError, AttributeError) as problem:
        raise InvalidInput(f"{file} is no pipeline: {problem}") from None


def _step(step: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    scripts = {}
    for stage in _STAGES:
        said = step.get(f"{stage}_script") or step.get(stage)
        if said:
            scripts[stage] = _script(said, folder)
    if "main" not in scripts:
        raise InvalidInput(f"The step {step.get('name')!r} in {folder / DEFINITION} has no main_script.")
    return {"name": step["name"], **scripts}


def _script(said: str | Mapping[str, Any], folder: Path) -> dict[str, str]:
    name = said if isinstance(said, str) else said["name"]
    if not isinstance(said, str) and "source" in said:
        return {"name": name, "source": said["source"]}
    return {"name": Path(name).name, "source": _text(folder / name)}


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as problem:
        raise InvalidInput(f"{path} cannot be read: {problem.strerror}") from None
    except UnicodeDecodeError:
        raise InvalidInput(f"{path} is not UTF-8.") from None


def write_pipeline(folder: Path, pipeline: Mapping[str, Any]) -> None:
    """Writes definition and scripts, each at once, and removes scripts that only the definition before has named."""
    files: dict[str, str] = {}
    steps = [_written_step(step, files) for step in pipeline["steps"]]
    beside = {name: pipeline[name] for name in _BESIDE_STEPS if pipeline.get(name) is not None}
    definition = {"name": pipeline["name"], **beside, "steps": steps}
    gone = _scripts_of(folder) - files.keys()
    for name, source in files.items():
        _write(folder / name, source)
    _write(folder / DEFINITION, json.dumps(definition, indent=2, ensure_ascii=False) + "\n")
    for name in gone:
        (folder / name).unlink()


def _written_step(step: Mapping[str, Any], files: dict[str, str]) -> dict[str, str]:
    written = {"name": step["name"]}
    for stage in _STAGES:
        script = step.get(stage)
        if script:
            name = _file_name(script, step["name"], files)
            files[name] = script["source"]
            written[f"{stage}_script"] = name
    return written


def _file_name(script: Mapping[str, str], step: str, files: Mapping[str, str]) -> str:
    """The name of the script, in a folder of its own where another script has the same name.

    A name is what somebody typed into the service: it never leads out of the folder or to a file that is not a script.
    """
    name = _safe(script["name"])
    folder = _safe(step)
    choices = [name, f"{folder}/{name}", *(f"{folder}-{number}/{name}" for number in range(2, 200))]
    return next(choice for choice in choices if files.get(choice, script["source"]) == script["source"])


def _safe(name: str) -> str:
    plain = _UNUSUAL.sub("_", name).strip(". ")[:100] or "script.py"
    return f"_{plain}" if plain.lower() == DEFINITION else plain


def _scripts_of(folder: Path) -> set[str]:
    """Scripts that lie in the folder and that its definition names."""
    try:
        definition = json.loads((folder / DEFINITION).read_bytes())
        named = {step.get(f"{stage}_script") for step in definition["steps"] for stage in _STAGES}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return set()
    root = folder.resolve()
    return {
        name
        for name in named
        if isinstance(name, str) and root in (file := (root / name).resolve()).parents and file.is_file()
    }


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with replaced(path) as file:
        file.write(text.encode("utf-8", "surrogatepass"))
