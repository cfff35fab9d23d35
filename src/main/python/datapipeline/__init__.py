"""What scripts of a pipeline may import: calls of language models, and SkipRecord.

    from datapipeline import chat, embed

    def transform(record):
        record["summary"] = chat(f"Summarize in a sentence: {record['text']}")
        record["vector"] = embed(record["text"], model="text-embedding-3-small")
        return record

In a sandbox the calls go to the upstream of the run. Elsewhere, as with `python3 -m pipeline_engine`, they go where
OPENAI_BASE_URL and OPENAI_API_KEY point to, as those of any OpenAI client. Only the standard library is needed.
"""

from typing import TYPE_CHECKING, Any

from datapipeline.errors import ModelAnswerInvalid, ModelCallFailed
from pipeline_engine.scripts.script_errors import SkipRecord

__all__ = ["ModelAnswerInvalid", "ModelCallFailed", "SkipRecord", "chat", "embed"]

if TYPE_CHECKING:
    from datapipeline.chats import chat
    from datapipeline.embeddings import embed
else:

    def __getattr__(name: str) -> Any:
        # Scripts that call no model need not wait for the import of an HTTP client.
        if name == "chat":
            from datapipeline.chats import chat

            return chat
        if name == "embed":
            from datapipeline.embeddings import embed

            return embed
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
