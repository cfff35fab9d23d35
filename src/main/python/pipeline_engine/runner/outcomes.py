from pipeline_engine.protocol.documents import to_json
from pipeline_engine.protocol.error_codes import ErrorCode
from pipeline_engine.protocol.pipeline import StageScript
from pipeline_engine.protocol.reports import ErrorReport
from pipeline_engine.protocol.result_records import FAILED, SKIPPED
from pipeline_engine.scripts.script_errors import ScriptErrors, SkipRecord, skip_reason
from pipeline_engine.values.records import BrokenRecord
from pipeline_engine.values.refusals import ValueRefused


class TookTooLong(Exception):
    """A record was cancelled after `limit` seconds; the cause has the traceback."""

    def __init__(self, limit: float) -> None:
        super().__init__(f"the record took longer than {limit:g} s")


def outcome_of(problem: BaseException, errors: ScriptErrors, script: StageScript) -> tuple[int, bytes]:
    """Status and detail of the result of a record when the stage of `script` raised `problem`."""
    if isinstance(problem, SkipRecord):
        return SKIPPED, to_json(skip_reason(problem))
    if isinstance(problem, BrokenRecord):
        return FAILED, ErrorReport.at(None, problem.code, problem.message).to_json()
    if isinstance(problem, ValueRefused):
        return FAILED, ErrorReport.at(script, problem.code, problem.message).to_json()
    if isinstance(problem, TookTooLong):
        report = errors.describe_as(ErrorCode.TIMEOUT, str(problem), problem.__cause__ or problem, script)
        return FAILED, report.to_json()
    return FAILED, errors.describe(problem, script).to_json()
