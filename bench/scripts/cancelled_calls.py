"""Leaves calls before they are answered and says when: seconds since 1970 by the nonce of each call."""

import json
import os
import socket
import time
from urllib.parse import urlsplit

# Longer than a call needs to reach the upstream.
PATIENCE_SECONDS = 0.1


def transform(record):
    address = urlsplit(os.environ["OPENAI_BASE_URL"])
    left = {}
    for number in range(record["calls"]):
        nonce = f"{record['nonce']}-{number}"
        content = json.dumps({"delayMs": 60_000, "nonce": nonce})
        body = json.dumps(
            {"model": "bench", "max_tokens": 10, "messages": [{"role": "user", "content": content}]}
        ).encode()
        head = (
            f"POST {address.path}/chat/completions HTTP/1.1\r\nHost: {address.netloc}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        with socket.create_connection((address.hostname, address.port)) as connection:
            connection.sendall(head.encode() + body)
            time.sleep(PATIENCE_SECONDS)
            left[nonce] = time.time()
    return {"left": left}
