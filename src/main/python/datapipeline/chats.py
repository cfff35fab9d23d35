"""Chat: a model's answer to a prompt, as text or as JSON that fits a schema."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, overload

from datapipeline.client import DEFAULT_TIMEOUT, default_model, post
from datapipeline.errors import ModelAnswerInvalid, ModelCallFailed
from datapipeline.schemas import can_be_strict, problems_of

Messages = str | Sequence[Mapping[str, Any]]

_NOT_FOR_CHAT = {
    "stream": "it returns the whole answer; use an OpenAI client for streams",
    "n": "it returns one answer; call it again for another",
}
_NAME = re.compile(r"[^A-Za-z0-9_-]+")
_FENCED = re.compile(r"\A```[A-Za-z]*\n(.*)\n```\Z", re.DOTALL)
_PROBLEMS_TOLD = 5


@overload
def chat(
    prompt: Messages,
    *,
    model: str | None = None,
    schema: None = None,
    system: str | None = None,
    timeout: float = DEFAULT_TIMEOUT,
    **options: Any,
) -> str: ...


@overload
def chat(
    prompt: Messages,
    *,
    model: str | None = None,
    schema: Mapping[str, Any],
    system: str | None = None,
    timeout: float = DEFAULT_TIMEOUT,
    **options: Any,
) -> dict[str, Any]: ...


def chat(
    prompt: Messages,
    *,
    model: str | None = None,
    schema: Mapping[str, Any] | None = None,
    system: str | None = None,
    timeout: float = DEFAULT_TIMEOUT,
    **options: Any,
) -> str | dict[str, Any]:
    """Ask a model; returns its text, or with `schema` a dict that fits this JSON schema.

    `prompt` is a text or a list of messages (`{"role", "content"}`); `system` is a message in front of them. Without
    `model` it is the one of the run. `options` go into the request as they are: `temperature=0`, `max_tokens=200` ...

    An answer that does not fit the schema is asked for once more. Raises ModelCallFailed if there is no answer, and
    ModelAnswerInvalid if the answer is not what was asked for.
    """
    for name, reason in _NOT_FOR_CHAT.items():
        if name in options:
            raise TypeError(f"chat() takes no {name!r}: {reason}")
    messages = _messages(prompt, system)
    request = {"model": model or default_model(), "messages": messages, **options}
    if schema is None:
        return _ask(request, timeout)
    request.setdefault("response_format", _response_format(schema))
    answer = _ask(request, timeout)
    value, problems = _fitted(answer, schema)
    if problems:
        messages += [{"role": "assistant", "content": answer}, {"role": "user", "content": _complaint(problems)}]
        answer = _ask(request, timeout)
        value, problems = _fitted(answer, schema)
    if problems:
        raise ModelAnswerInvalid(f"the answer does not fit the schema: {_told(problems)}", answer)
    return value


def _messages(prompt: Messages, system: str | None) -> list[dict[str, Any]]:
    first = [] if system is None else [{"role": "system", "content": system}]
    if isinstance(prompt, str):
        return [*first, {"role": "user", "content": prompt}]
    return first + [dict(message) for message in prompt]


def _response_format(schema: Mapping[str, Any]) -> dict[str, Any]:
    title = schema.get("title")
    name = _NAME.sub("_", title)[:64] if isinstance(title, str) else ""
    described = {"name": name or "answer", "schema": schema}
    if can_be_strict(schema):
        # The server then lets the model write nothing else.
        described["strict"] = True
    return {"type": "json_schema", "json_schema": described}


def _ask(request: dict[str, Any], timeout: float) -> str:
    answer = post("/chat/completions", request, timeout)
    try:
        choice = answer["choices"][0]
        message = choice["message"]
        content, refusal = message.get("content"), message.get("refusal")
    except (KeyError, IndexError, TypeError, AttributeError):
        raise ModelCallFailed(200, "invalid_answer", "the answer holds no message") from None
    if refusal:
        raise ModelAnswerInvalid(f"the model refuses to answer: {refusal}", str(refusal))
    if isinstance(content, list):
        # Some servers answer in parts.
        content = "".join(part.get("text") or "" for part in content if isinstance(part, dict))
    if not isinstance(content, str):
        raise ModelAnswerInvalid(f"the answer holds no text; it ended with {choice.get('finish_reason')!r}", "")
    return content


def _fitted(answer: str, schema: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The value in a model's answer, and what keeps it from fitting."""
    text = answer.strip()
    fenced = _FENCED.match(text)
    try:
        value = json.loads(fenced[1] if fenced else text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as problem:
        return {}, [f"it is not JSON: {problem}"]
    if not isinstance(value, dict):
        return {}, ["it is not a JSON object"]
    return value, problems_of(value, schema)


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _told(problems: list[str]) -> str:
    return "; ".join(problems[:_PROBLEMS_TOLD])


def _complaint(problems: list[str]) -> str:
    return f"That does not fit the JSON schema: {_told(problems)}. Answer again, with nothing but JSON that fits it."
