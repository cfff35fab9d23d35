import json
import os
from urllib.request import Request, urlopen


def transform(record):
    body = {
        "model": "bench",
        "max_tokens": 10,
        "messages": [{"role": "user", "content": json.dumps({"delayMs": 50, "nonce": record["nonce"]})}],
    }
    request = Request(
        os.environ["OPENAI_BASE_URL"] + "/chat/completions",
        json.dumps(body).encode(),
        {"Content-Type": "application/json", "Authorization": "Bearer " + os.environ["OPENAI_API_KEY"]},
    )
    with urlopen(request) as answer:
        return {"answer": json.load(answer)["choices"][0]["message"]["content"]}
