"""Keeps model calls in flight over raw sockets and says how long each took: as little as a client can cost.

A record says how many `calls` to make, how many of them `inFlight` at one time, the `prompt` of the stand-in, and a
`nonce` that no other record has.
"""

import json
import os
import time
from selectors import EVENT_READ, DefaultSelector
from socket import create_connection
from urllib.parse import urlsplit

READ_BYTES = 65_536


def transform(record):
    address = urlsplit(os.environ["OPENAI_BASE_URL"])
    place = (address.hostname, address.port)
    selector = DefaultSelector()
    seconds = []
    begun = 0
    start = time.perf_counter()
    while len(seconds) < record["calls"]:
        while begun < record["calls"] and begun - len(seconds) < record["inFlight"]:
            call_began = time.perf_counter()
            connection = create_connection(place)
            connection.sendall(request(record, begun, address))
            selector.register(connection, EVENT_READ, (call_began, bytearray()))
            begun += 1
        for key, _ in selector.select():
            connection = key.fileobj
            call_began, answer = key.data
            piece = connection.recv(READ_BYTES)
            answer += piece
            if not piece:
                seconds.append(time.perf_counter() - call_began)
                selector.unregister(connection)
                connection.close()
                if not answer.startswith(b"HTTP/1.1 200 "):
                    raise RuntimeError(answer[:500].decode())
    return {"seconds": seconds, "took": time.perf_counter() - start}


def request(record, number, address):
    prompt = {**record["prompt"], "nonce": f"{record['nonce']}-{number}"}
    body = json.dumps(
        {
            "model": record["model"],
            "max_tokens": 10,
            "messages": [{"role": "user", "content": json.dumps(prompt)}],
            **record.get("options", {}),
        }
    ).encode()
    head = (
        f"POST {address.path}/chat/completions HTTP/1.1\r\n"
        f"Host: {address.netloc}\r\n"
        f"Authorization: Bearer {os.environ.get('OPENAI_API_KEY', '')}\r\n"
        "Content-Type: application/json\r\n"
        "Connection: close\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
