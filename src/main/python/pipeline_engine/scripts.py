"""Scripts as the loader imports them: each in a module of its own, with its source known to tracebacks."""

import builtins
import inspect
import linecache
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from pipeline_engine.codes import SCRIPT_CONTRACT, SCRIPT_LOAD, SCRIPT_SYNTAX
from pipeline_engine.errors import ScriptErrors, SkipRecord, message_of, report, type_name
from pipeline_engine.pipeline import Pipeline, StageScript

_CODING_LINE = re.compile(r"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")


class ScriptRefused(Exception):
    """A script cannot be used; `error` is the report."""

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(error["message"])
        self.error = error


@dataclass(frozen=True, slots=True)
class LoadedScript:
    """A stage ready to run; `awaits` and `setup_awaits` tell which of its functions give something to await."""

    script: StageScript
    transform: Callable[[dict], Any]
    awaits: bool
    setup: Callable[[], Any] | None
    setup_awaits: bool

    @property
    def is_asynchronous(self) -> bool:
        return self.awaits or self.setup_awaits


def _awaits(function: Callable) -> bool:
    return inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(getattr(function, "__call__", None))  # noqa: B004


def refuse_other_encodings(source: str) -> None:
    """Scripts are UTF-8; raises SyntaxError for a PEP 263 line that says otherwise."""
    for number, line in enumerate(source.split("\n", 2)[:2], 1):
        found = _CODING_LINE.match(line)
        if found and found[1].lower().replace("_", "-") not in ("utf-8", "utf8", "utf-8-sig"):
            raise SyntaxError(f"the script must be UTF-8, not {found[1]}", ("", number, found.start(1) + 1, line))
        if line.strip() and not line.lstrip().startswith("#"):
            return


def compile_script(source: str, filename: str) -> Any:
    """Code of the script; raises SyntaxError for everything that does not parse."""
    refuse_other_encodings(source)
    try:
        return compile(source, filename, "exec", dont_inherit=True)
    except SyntaxError:
        raise
    except (ValueError, RecursionError, MemoryError, OverflowError) as problem:
        raise SyntaxError(message_of(problem) or type_name(problem)) from None


def load_script(script: StageScript, errors: ScriptErrors) -> LoadedScript:
    """Import one script; raises ScriptRefused."""
    builtins.SkipRecord = SkipRecord
    lines = [line + "\n" for line in script.source.split("\n")]
    linecache.cache[script.filename] = (len(script.source), None, lines, script.filename)
    try:
        code = compile_script(script.source, script.filename)
    except SyntaxError as problem:
        raise ScriptRefused(report(SCRIPT_SYNTAX, message_of(problem), script, problem.lineno)) from None
    module = ModuleType(f"pipeline_script_{script.ordinal}")
    module.__file__ = script.filename
    sys.modules[module.__name__] = module
    try:
        exec(code, module.__dict__)
    except BaseException as problem:
        raise ScriptRefused(load_failure(problem, script, errors)) from None
    return _checked(script, module)


def load_failure(problem: BaseException, script: StageScript, errors: ScriptErrors) -> dict[str, Any]:
    """The report of an exception during import or setup."""
    error = errors.describe(problem, script)
    return error | {"type": SCRIPT_LOAD, "message": f"{error['type']}: {error['message']}" if error["message"] else error["type"]}


def _checked(script: StageScript, module: ModuleType) -> LoadedScript:
    transform = getattr(module, "transform", None)
    setup = getattr(module, "setup", None)
    complaint = complaint_about(transform, "transform", 1)
    if complaint is None and setup is not None:
        complaint = complaint_about(setup, "setup", 0)
    if complaint:
        raise ScriptRefused(report(SCRIPT_CONTRACT, complaint, script))
    return LoadedScript(script, transform, _awaits(transform), setup, setup is not None and _awaits(setup))


def complaint_about(function: Any, name: str, arguments: int) -> str | None:
    """What keeps `function` from being used with that many arguments, or None."""
    if function is None:
        return f"the script defines no `{name}`: it needs `def {name}(record)` that returns a dict"
    if not callable(function) or inspect.isclass(function):
        return f"`{name}` must be a function, not {'a class' if inspect.isclass(function) else type(function).__name__}"
    if inspect.isgeneratorfunction(function) or inspect.isasyncgenfunction(function):
        return f"`{name}` is a generator: it must return, not yield"
    try:
        inspect.signature(function).bind(*range(arguments))
    except TypeError as problem:
        return f"`{name}` must take {'one argument, the record' if arguments else 'no argument'}: {problem}"
    except ValueError:
        return None
    return None


def load_pipeline(pipeline: Pipeline, begin: Callable[[int], None]) -> list[LoadedScript]:
    """Import every script, saying with `begin(ordinal)` which is next; raises ScriptRefused."""
    errors = ScriptErrors(pipeline.stages)
    loaded = []
    for script in pipeline.stages:
        begin(script.ordinal)
        loaded.append(load_script(script, errors))
    return loaded
