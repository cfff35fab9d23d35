"""Calls a model as scripts do: by chat, and by an HTTP client for a whole answer and for a stream."""

import json
import os
from urllib.request import Request, urlopen

from datapipeline import chat


def transform(record: dict) -> dict:
    question = record["question"]
    return {"chat": chat(question, max_tokens=10), "whole": ask(question), "stream": ask(question, stream=True)}


def ask(question: str, **options: bool) -> str:
    body = {
        "model": os.environ["DATAPIPELINE_LLM_MODEL"],
        "max_tokens": 10,
        "messages": [{"role": "user", "content": question}],
        **options,
    }
    headers = {"Content-Type": "application/json", "Authorization": "Bearer " + os.environ["OPENAI_API_KEY"]}
    address = os.environ["OPENAI_BASE_URL"] + "/chat/completions"
    with urlopen(Request(address, json.dumps(body).encode(), headers)) as answer:
        return answer.read().decode()
