"""Scripts as the loader imports them: each in a module of its own, with its source known to Python."""

import builtins
import inspect
import sys
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from pipeline_engine.protocol.codes import SCRIPT_CONTRACT, SCRIPT_LOAD, SCRIPT_SYNTAX
from pipeline_engine.scripts.newer_syntax import PYTHON_VERSION
from pipeline_engine.protocol.pipeline import Pipeline, StageScript
from pipeline_engine.protocol.reports import Report, report
from pipeline_engine.scripts.script_errors import ScriptErrors, SkipRecord
from pipeline_engine.scripts.modules import Source, module_name


class ScriptRefused(Exception):
    """A script cannot be used; `error` is the report."""

    def __init__(self, error: Report) -> None:
        super().__init__(error["message"])
        self.error = error


@dataclass(frozen=True, slots=True)
class LoadedScript:
    """A stage ready to run; `awaits` and `setup_awaits` tell which of its functions give something to await."""

    script: StageScript
    transform: Callable[[Any], Any]
    awaits: bool
    setup: Callable[[], Any] | None
    setup_awaits: bool

    @property
    def is_asynchronous(self) -> bool:
        return self.awaits or self.setup_awaits


def load_pipeline(pipeline: Pipeline, begin: Callable[[int], None]) -> list[LoadedScript]:
    """Import every script, saying with `begin(ordinal)` which is next; raises ScriptRefused."""
    builtins.SkipRecord = SkipRecord  # type: ignore[attr-defined]
    errors = ScriptErrors(pipeline.stages)
    loaded = []
    for script in pipeline.stages:
        begin(script.ordinal)
        loaded.append(_load(script, errors))
    return loaded


def load_failure(problem: BaseException, script: StageScript, errors: ScriptErrors) -> Report:
    """The report of an exception during import or setup."""
    found = errors.describe(problem, script)
    message = f"{found['type']}: {found['message']}" if found["message"] else found["type"]
    if _misses_a_part_of_python(problem):
        message = f"{message}. The sandbox has Python {PYTHON_VERSION}"
    return found | {"type": SCRIPT_LOAD, "message": message}


def _misses_a_part_of_python(problem: BaseException) -> bool:
    """Whether a name was not found in a module of the standard library, as one that another version has."""
    if type(problem) is ImportError:
        module = problem.name
    elif type(problem) is AttributeError and type(problem.obj) is ModuleType:
        module = problem.obj.__dict__.get("__name__")
    else:
        return False
    return type(module) is str and module.partition(".")[0] in sys.stdlib_module_names


def _load(script: StageScript, errors: ScriptErrors) -> LoadedScript:
    source = Source(script.source, script.filename)
    try:
        code = source.compile()
    except SyntaxError as problem:
        raise ScriptRefused(report(SCRIPT_SYNTAX, problem.msg, script, problem.lineno)) from None
    module = ModuleType(module_name(script))
    module.__file__ = source.filename
    # Registered, so that classes and functions of the script can be pickled.
    sys.modules[module.__name__] = module
    try:
        exec(code, module.__dict__)
    except BaseException as problem:
        raise ScriptRefused(load_failure(problem, script, errors)) from None
    return _checked(script, module)


def _checked(script: StageScript, module: ModuleType) -> LoadedScript:
    transform = getattr(module, "transform", None)
    if transform is None:
        raise ScriptRefused(
            report(SCRIPT_CONTRACT, "the script defines no `transform`: it needs `def transform(record)`", script)
        )
    setup = getattr(module, "setup", None)
    complaint = _complaint_about(transform, "transform", 1)
    if complaint is None and setup is not None:
        complaint = _complaint_about(setup, "setup", 0)
    if complaint:
        raise ScriptRefused(report(SCRIPT_CONTRACT, complaint, script))
    return LoadedScript(script, transform, _awaits(transform), setup, setup is not None and _awaits(setup))


def _complaint_about(function: Any, name: str, arguments: int) -> str | None:
    """What keeps `function` from being called with that many arguments, or None."""
    if inspect.isclass(function):
        return f"`{name}` must be a function, not a class"
    if not callable(function):
        return f"`{name}` must be a function, not {type(function).__name__}"
    if inspect.isgeneratorfunction(function) or inspect.isasyncgenfunction(function):
        return f"`{name}` is a generator: it must return, not yield"
    try:
        inspect.signature(function).bind(*range(arguments))
    except TypeError as problem:
        return f"`{name}` must take {'one argument, the record' if arguments else 'no argument'}: {problem}"
    except ValueError:
        # A function of an extension module that does not tell its signature.
        return None
    return None


def _awaits(function: Callable[..., Any]) -> bool:
    call = getattr(type(function), "__call__", None)
    return inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(call)
