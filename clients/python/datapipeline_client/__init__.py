"""Run pipelines of a Data Pipeline Framework service from Python.

from datapipeline_client import Client

run = Client("http://localhost:8080").run("examples/capitals", "examples/capitals/dataset.json")
for value in run.results():
    print(value)
"""

from datapipeline_client.client import Client
from datapipeline_client.errors import (
    AnswerLost,
    Conflict,
    DataPipelineError,
    InvalidInput,
    NotAllowed,
    NotFound,
    NotSignedIn,
    RequestRefused,
    ServiceUnreachable,
    VersionConflict,
    WaitTimedOut,
)
from datapipeline_client.results import Results
from datapipeline_client.run import RecordCounts, Run
from datapipeline_client.trial import Trial
from datapipeline_client.version import VERSION

__all__ = [
    "VERSION",
    "AnswerLost",
    "Client",
    "Conflict",
    "DataPipelineError",
    "InvalidInput",
    "NotAllowed",
    "NotFound",
    "NotSignedIn",
    "RecordCounts",
    "RequestRefused",
    "Results",
    "Run",
    "ServiceUnreachable",
    "Trial",
    "VersionConflict",
    "WaitTimedOut",
]
