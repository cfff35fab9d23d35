"""What can go wrong, each as an exception; all are DataPipelineError."""

from __future__ import annotations

from typing import Any


class DataPipelineError(Exception):
    """Anything that this package raises on purpose; its text is a sentence for people."""


class InvalidInput(DataPipelineError):
    """A file, a record or an argument of the caller cannot be used. Nothing was sent."""


class ServiceUnreachable(DataPipelineError):
    """The service did not answer, also after the repetitions that were safe."""


class AnswerLost(ServiceUnreachable):
    """The connection broke after the request was sent, so nobody knows whether the service has acted on it."""


class WaitTimedOut(DataPipelineError):
    """The run was not over within the time that the caller gave it. It goes on in the service."""


class VersionConflict(DataPipelineError):
    """The folder or the saved pipeline has changed since they were last equal."""


class RequestRefused(DataPipelineError):
    """The service answered with an error. `problem` is its problem document (RFC 9457), as far as it sent one."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        super().__init__(_sentence(status, problem))
        self.status = status
        self.problem = problem

    @property
    def code(self) -> str | None:
        """What went wrong, for programs: `INVALID_JSON`, `RUN_NOT_FINAL`, …"""
        return self.problem.get("code")

    @property
    def detail(self) -> str | None:
        """What went wrong, for people."""
        return self.problem.get("detail")

    @property
    def errors(self) -> list[dict[str, str]]:
        """For bodies: what is wrong where, as `{"pointer", "message"}`."""
        return self.problem.get("errors") or []

    @property
    def position(self) -> dict[str, int] | None:
        """For datasets: where the error is, as `{"record", "line", "column", "byte"}`."""
        return self.problem.get("position")


class NotSignedIn(RequestRefused):
    """401: the service has users, and the API key is missing, wrong or expired."""


class NotAllowed(RequestRefused):
    """403: the role of the API key is too low."""


class NotFound(RequestRefused):
    """404: it does not exist, or the API key cannot see it."""


class Conflict(RequestRefused):
    """409: not possible in the present state, such as a retry of a run that is not over."""


_BY_STATUS = {401: NotSignedIn, 403: NotAllowed, 404: NotFound, 409: Conflict}


def refusal(status: int, problem: dict[str, Any]) -> RequestRefused:
    """The exception for an answer."""
    return _BY_STATUS.get(status, RequestRefused)(status, problem)


def _sentence(status: int, problem: dict[str, Any]) -> str:
    text = problem.get("detail") or problem.get("title") or f"The service answered with status {status}."
    lines = [f"{text} ({problem['code']})" if problem.get("code") else str(text)]
    lines += [f"  {error.get('pointer') or '/'} {error.get('message')}" for error in problem.get("errors") or []]
    return "\n".join(lines)
