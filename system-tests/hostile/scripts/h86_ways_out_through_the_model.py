"""H86: asks the model to reach what the script cannot: addresses, tools, files, other accounts.

models: one
record 2: SUCCEEDED
    file: 403 url_not_allowed
    metadata of a cloud: 403 url_not_allowed
    a web page: 403 url_not_allowed
    an image for responses: 403 url_not_allowed
    web search: 403 tool_not_allowed
    a server with tools: 403 tool_not_allowed
    code: 403 tool_not_allowed
    search options: 403 tool_not_allowed
    kept answer: 403 field_not_allowed
    earlier answer: 403 field_not_allowed
    in the background: 403 field_not_allowed
    another address: 403 field_not_allowed
    another key: 403 field_not_allowed
    another account: 403 field_not_allowed
    more headers: 403 field_not_allowed
    another case: 400 invalid_request or 403 field_not_allowed
    another letter k: 400 invalid_request or 403 field_not_allowed
    another model: 403 model_not_allowed
    two models: 400 invalid_request or 400 invalid_json
    files: 403 endpoint_not_allowed
    batches: 403 endpoint_not_allowed
    another path: 404 unknown_url
    path with dots: 403 endpoint_not_allowed or 404 unknown_url
    a query: 400 invalid_request
"""

from attempts import answer_to, model_call, outcomes


def image(address):
    return {"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": address}}]}]}


FIELDS = {
    "file": image("file:///etc/passwd"),
    "metadata of a cloud": image("http://169.254.169.254/latest/meta-data/"),
    "a web page": image("https://example.com/?stolen=data"),
    "web search": {"tools": [{"type": "web_search"}]},
    "a server with tools": {"tools": [{"type": "mcp", "server_url": "https://example.com"}]},
    "code": {"tools": [{"type": "code_interpreter", "container": {"type": "auto"}}]},
    "search options": {"web_search_options": {}},
    "kept answer": {"store": True},
    "earlier answer": {"previous_response_id": "resp_1"},
    "in the background": {"background": True},
    "another address": {"api_base": "http://169.254.169.254"},
    "another key": {"api_key": "sk-other"},
    "another account": {"organization": "org-other"},
    "more headers": {"extra_headers": {"Authorization": "Bearer sk-other"}},
    "another case": {"Store": True},
    "another letter k": {"bac\u212Aground": True},
    "another model": {"model": "gpt-5"},
}
ANSWERED_IMAGE = {"input": [{"role": "user", "content": [{"type": "input_image", "image_url": "https://example.com/"}]}]}
BODY_OF_TWO = b'{"model": "stub-model", "messages": [], "model": "gpt-5"}'
REQUESTS = {
    "an image for responses": model_call("/v1/responses", **ANSWERED_IMAGE),
    "two models": b"POST /v1/chat/completions HTTP/1.1\r\nHost: relay\r\nContent-Length: %d\r\n\r\n%s"
    % (len(BODY_OF_TWO), BODY_OF_TWO),
    "files": model_call("/v1/files"),
    "batches": model_call("/v1/batches"),
    "another path": model_call("/q/metrics"),
    "path with dots": model_call("/v1/chat/completions/../../files"),
    "a query": model_call("/v1/chat/completions?a=b;c"),
    **{name: model_call(**fields) for name, fields in FIELDS.items()},
}


def transform(record):
    if record["n"] == 2:
        record["answers"] = outcomes({name: lambda sent=sent: answer_to(sent) for name, sent in REQUESTS.items()})
    return record
