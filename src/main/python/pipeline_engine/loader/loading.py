"""Scripts as the loader imports them: each in a module of its own, with its source known to Python."""

import builtins
import sys
from collections.abc import Callable
from types import ModuleType

from pipeline_engine.protocol.error_codes import ErrorCode
from pipeline_engine.protocol.pipeline import Pipeline, StageScript
from pipeline_engine.protocol.reports import ErrorReport
from pipeline_engine.runner.loaded_script import LoadedScript
from pipeline_engine.scripts import contract
from pipeline_engine.scripts.contract import SETUP, TRANSFORM, gives_an_awaitable
from pipeline_engine.scripts.modules import Source, module_name
from pipeline_engine.scripts.script_errors import ScriptErrors, SkipRecord


class ScriptRefused(Exception):
    """A script cannot be used; `error` is the report."""

    def __init__(self, error: ErrorReport) -> None:
        super().__init__(error.message)
        self.error = error


def load_pipeline(pipeline: Pipeline, begin: Callable[[int], None]) -> list[LoadedScript]:
    """Import every script, calling `begin(ordinal)` before each; raises ScriptRefused."""
    builtins.__dict__["SkipRecord"] = SkipRecord
    errors = ScriptErrors(pipeline.stages)
    loaded = []
    for script in pipeline.stages:
        begin(script.ordinal)
        loaded.append(_load(script, errors))
    return loaded


def _load(script: StageScript, errors: ScriptErrors) -> LoadedScript:
    source = Source(script.source, script.filename)
    try:
        code = source.compile()
    except SyntaxError as problem:
        raise ScriptRefused(ErrorReport.at(script, ErrorCode.SCRIPT_SYNTAX, problem.msg, problem.lineno)) from None
    module = ModuleType(module_name(script))
    module.__file__ = source.filename
    sys.modules[module.__name__] = module
    try:
        exec(code, module.__dict__)
    except BaseException as problem:
        raise ScriptRefused(errors.describe_load_failure(problem, script)) from None
    return _checked(script, module)


def _checked(script: StageScript, module: ModuleType) -> LoadedScript:
    transform, setup = (getattr(module, entry.name, None) for entry in (TRANSFORM, SETUP))
    if transform is None:
        raise _breach_of_contract(script, contract.NO_TRANSFORM)
    complaint = TRANSFORM.complaint_about(transform)
    if complaint is None and setup is not None:
        complaint = SETUP.complaint_about(setup)
    if complaint is not None:
        raise _breach_of_contract(script, complaint)
    setup_awaits = setup is not None and gives_an_awaitable(setup)
    return LoadedScript(script, transform, gives_an_awaitable(transform), setup, setup_awaits)


def _breach_of_contract(script: StageScript, complaint: str) -> ScriptRefused:
    return ScriptRefused(ErrorReport.at(script, ErrorCode.SCRIPT_CONTRACT, complaint))
