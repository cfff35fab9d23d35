"""What an exception means for the record that was in flight."""

from pipeline_engine.errors import ScriptErrors, SkipRecord, report, skip_reason, to_json
from pipeline_engine.pipeline import StageScript
from pipeline_engine.records import BrokenRecord
from pipeline_engine.results import FAILED, SKIPPED
from pipeline_engine.values import ValueRefused


def outcome_of(problem: BaseException, errors: ScriptErrors, script: StageScript) -> tuple[int, bytes]:
    """Status and detail of the result of a record for which `script` raised `problem`."""
    if isinstance(problem, SkipRecord):
        return SKIPPED, to_json(skip_reason(problem))
    if isinstance(problem, BrokenRecord):
        return FAILED, to_json(report(problem.code, problem.message))
    if isinstance(problem, ValueRefused):
        return FAILED, to_json(report(problem.code, problem.message, script))
    return FAILED, to_json(errors.describe(problem, script))
