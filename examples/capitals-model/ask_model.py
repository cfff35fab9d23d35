"""Asks a model whether the statement is true."""

import importlib.util
import json
import os

from datapipeline import SkipRecord, chat

INSTRUCTION = "Is the statement true? Give the reason in one sentence. Where you do not know, is_true is null."
VERDICT = {
    "type": "object",
    "properties": {"is_true": {"type": ["boolean", "null"]}, "reason": {"type": "string"}},
    "required": ["is_true", "reason"],
    "additionalProperties": False,
}
# Bounds what a call can cost.
MOST_TOKENS = 100

if importlib.util.find_spec("openai"):
    from openai import OpenAI

    # The service sets address and key; the real key is not in the sandbox.
    client = OpenAI()

    def ask(messages: list) -> dict:
        answer = client.chat.completions.create(
            model=os.environ["DATAPIPELINE_LLM_MODEL"],
            messages=messages,
            max_completion_tokens=MOST_TOKENS,
            response_format={"type": "json_schema", "json_schema": {"name": "verdict", "strict": True, "schema": VERDICT}},
        )
        return json.loads(answer.choices[0].message.content)
else:

    def ask(messages: list) -> dict:
        return chat(messages, schema=VERDICT, max_completion_tokens=MOST_TOKENS)


def transform(record: dict) -> dict:
    verdict = ask(
        [
            {"role": "system", "content": INSTRUCTION},
            {"role": "user", "content": record["statement"]},
        ]
    )
    if verdict["is_true"] is None:
        raise SkipRecord(verdict["reason"])
    return {**record, **verdict}
