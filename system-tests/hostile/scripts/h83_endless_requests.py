"""H83: sends heads and bodies without end, and JSON that is hard to read.

models: one
time limit: 25
record 2: SUCCEEDED
    a head of 1 MB: 431 headers_too_large or ECONNRESET or EPIPE
    an address of 100 KB: 414 address_too_long or ECONNRESET or EPIPE
    a body of 1 TB: 413 request_too_large
    chunks without an end: 413 request_too_large or ECONNRESET or EPIPE
    100,000 chunks of a byte: 400 invalid_json or 400 invalid_request
    lists in lists: 400 invalid_json or 400 invalid_request
    a number of a million digits: 400 invalid_json or 400 invalid_request or 200
    afterwards: 200
"""

from attempts import answer_to, connect, heard_on, meaning_of, model_call, outcomes

MEBIBYTE = 1 << 20
START = b"POST /v1/chat/completions HTTP/1.1\r\nHost: relay\r\n"
CHUNKED = START + b"Transfer-Encoding: chunked\r\n\r\n"


def chunks_without_end():
    chunk = b"100000\r\n" + b" " * MEBIBYTE + b"\r\n"
    with connect() as channel:
        channel.sendall(CHUNKED)
        for _ in range(50):
            channel.sendall(chunk)
        return meaning_of(heard_on(channel))


def with_body(body):
    return START + b"Content-Length: %d\r\n\r\n" % len(body) + body


REQUESTS = {
    "a head of 1 MB": START + b"X-One: 1\r\n" * 100_000 + b"\r\n",
    "an address of 100 KB": b"POST /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: relay\r\n\r\n",
    "a body of 1 TB": START + b"Content-Length: 1099511627776\r\n\r\n",
    "100,000 chunks of a byte": CHUNKED + b"1\r\n[\r\n" * 100_000 + b"0\r\n\r\n",
    "lists in lists": with_body(b'{"model": "stub-model", "messages": ' + b"[" * 1_000_000),
    "a number of a million digits": with_body(b'{"model": "stub-model", "seed": ' + b"9" * 1_000_000 + b"}"),
    "afterwards": model_call(),
}


def transform(record):
    if record["n"] == 2:
        attempts = {name: lambda sent=sent: answer_to(sent) for name, sent in REQUESTS.items()}
        record["answers"] = outcomes({"chunks without an end": chunks_without_end, **attempts})
    return record
