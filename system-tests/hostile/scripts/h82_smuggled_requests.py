"""H82: smuggles requests past whoever reads its HTTP: none reaches the model that was not read as a call.

models: one
record 2: SUCCEEDED
    length and chunks: 400 invalid_request
    chunks and length: 400 invalid_request
    two lengths: 400 invalid_request
    length with a sign: 400 invalid_request
    length in two numbers: 400 invalid_request
    space before the colon: 400 invalid_request
    folded header: 200 or 400 invalid_request
    unknown coding: 400 invalid_request
    chunked twice: 400 invalid_request
    two hosts: 400 invalid_request
    zero in a header: 400 invalid_request
    complete address: 400 invalid_request
    tunnel: 400 invalid_request
    another protocol: 400 unsupported_upgrade
    HTTP/1.0: 505 http_version_not_supported
    HTTP/2: 400 invalid_request or 505 http_version_not_supported or closed
    chunk of a wrong size: 400 invalid_request
    another request behind the first: 200
    another request within the body: 400 invalid_request or 400 invalid_json
    nothing but a line: 400 invalid_request
"""

from attempts import answer_to, model_call, outcomes

CALL = model_call()
HEAD, BODY = CALL.split(b"\r\n\r\n", 1)
CHUNKS = b"%x\r\n%s\r\n0\r\n\r\n" % (len(BODY), BODY)
START = b"POST /v1/chat/completions HTTP/1.1\r\nHost: relay\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"


def with_length(*lines):
    return START + b"".join(line + b"\r\n" for line in lines) + b"\r\n" + BODY


def length(text=str(len(BODY)).encode()):
    return b"Content-Length: " + text


REQUESTS = {
    "length and chunks": with_length(length(), CHUNKED.strip()),
    "chunks and length": START + CHUNKED + length(b"4") + b"\r\n\r\n" + CHUNKS + CALL,
    "two lengths": with_length(length(), length(b"0")),
    "length with a sign": with_length(length(b"+" + str(len(BODY)).encode())),
    "length in two numbers": with_length(length(b"%d, %d" % (len(BODY), len(BODY)))),
    "space before the colon": START + b"Transfer-Encoding : chunked\r\n\r\n" + CHUNKS,
    "folded header": with_length(b"X-One: a\r\n Content-Length: 0", length()),
    "unknown coding": START + b"Transfer-Encoding: xchunked\r\n\r\n" + CHUNKS,
    "chunked twice": START + CHUNKED + CHUNKED + b"\r\n" + CHUNKS,
    "two hosts": with_length(b"Host: other", length()),
    "zero in a header": with_length(b"X-One: a\0b", length()),
    "complete address": CALL.replace(b"POST /v1", b"POST http://169.254.169.254/v1", 1),
    "tunnel": b"CONNECT 169.254.169.254:80 HTTP/1.1\r\nHost: relay\r\n\r\n",
    "another protocol": with_length(b"Connection: Upgrade", b"Upgrade: websocket", length()),
    "HTTP/1.0": CALL.replace(b"HTTP/1.1", b"HTTP/1.0", 1),
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "chunk of a wrong size": START + CHUNKED + b"\r\nzz\r\n" + BODY + b"\r\n0\r\n\r\n",
    "another request behind the first": CALL + CALL,
    "another request within the body": START + length(str(len(CALL)).encode()) + b"\r\n\r\n" + CALL,
    "nothing but a line": b"answer\r\n\r\n",
}


def transform(record):
    if record["n"] == 2:
        record["answers"] = outcomes({name: lambda sent=sent: answer_to(sent) for name, sent in REQUESTS.items()})
    return record
