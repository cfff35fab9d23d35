"""Embeddings: texts as vectors."""

from typing import overload

from datapipeline.client import DEFAULT_TIMEOUT, default_model, post
from datapipeline.errors import ModelCallFailed

Texts = list[str] | tuple[str, ...]


@overload
def embed(text: str, *, model: str | None = None, timeout: float = DEFAULT_TIMEOUT) -> list[float]: ...


@overload
def embed(text: Texts, *, model: str | None = None, timeout: float = DEFAULT_TIMEOUT) -> list[list[float]]: ...


def embed(
    text: str | Texts, *, model: str | None = None, timeout: float = DEFAULT_TIMEOUT
) -> list[float] | list[list[float]]:
    """The vector of a text, or those of several texts, made by one call.

    Without `model` it is the one of the run. Raises ModelCallFailed.
    """
    texts = [text] if isinstance(text, str) else list(text)
    if not texts:
        return []
    answer = post("/embeddings", {"model": model or default_model(), "input": texts}, timeout)
    vectors = _vectors(answer, len(texts))
    return vectors[0] if isinstance(text, str) else vectors


def _vectors(answer: object, count: int) -> list[list[float]]:
    try:
        found = {entry["index"]: entry["embedding"] for entry in answer["data"]}  # type: ignore[index]
        return [[float(number) for number in found[index]] for index in range(count)]
    except (KeyError, TypeError, ValueError):
        raise ModelCallFailed(200, "invalid_answer", f"the answer does not hold {count} vectors") from None
