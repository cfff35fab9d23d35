"""Streams answers one after the other and says how long each took until its first event was there."""

import http.client
import json
import os
import time
from urllib.parse import urlsplit


def transform(record):
    return {"seconds": [first_token(record, number) for number in range(record["calls"])]}


def first_token(record, number):
    address = urlsplit(os.environ["OPENAI_BASE_URL"])
    prompt = {**record["prompt"], "nonce": f"{record['nonce']}-{number}"}
    body = {
        "model": record["model"],
        "max_tokens": 10,
        "stream": True,
        "messages": [{"role": "user", "content": json.dumps(prompt)}],
    }
    began = time.perf_counter()
    connection = http.client.HTTPConnection(address.hostname, address.port)
    connection.request(
        "POST",
        f"{address.path}/chat/completions",
        json.dumps(body),
        {
            "Content-Type": "application/json",
            "Authorization": f"Bearer {os.environ.get('OPENAI_API_KEY', '')}",
        },
    )
    answer = connection.getresponse()
    while not answer.readline().startswith(b"data: "):
        pass
    seconds = time.perf_counter() - began
    answer.read()
    connection.close()
    return seconds
