"""Wheels and a package index for tests, served to the relay of a builder."""

import hashlib
import io
import zipfile

from outbound_service import Call, OutboundService


def wheel(name: str, version: str, *requires: str, **metadata: str) -> tuple[str, bytes]:
    """File name and contents of a wheel with one module; keywords are more lines of its metadata."""
    info = f"{name}-{version}.dist-info"
    lines = [f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"]
    lines += [f"Requires-Dist: {line}\n" for line in requires]
    lines += [f"{key.replace('_', '-')}: {value}\n" for key, value in metadata.items()]
    contents = io.BytesIO()
    with zipfile.ZipFile(contents, "w") as archive:
        archive.writestr(f"{name}.py", f"VERSION = {version!r}\n")
        archive.writestr(f"{info}/METADATA", "".join(lines))
        archive.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr(f"{info}/RECORD", "")
    return f"{name}-{version}-py3-none-any.whl", contents.getvalue()


def serve(service: OutboundService, *wheels: tuple[str, bytes]) -> None:
    """Have the service answer as an index with these wheels, and with 404 for every other package of the tests."""
    pages: dict[str, str] = {}
    for filename, contents in wheels:
        name = filename.partition("-")[0].replace("_", "-")
        digest = hashlib.sha256(contents).hexdigest()
        pages[name] = pages.get(name, "") + f'<a href="/files/{filename}#sha256={digest}">{filename}</a>\n'
        service.on(f"/files/{filename}", lambda call, contents=contents: call.answer(contents))
    for name, page in pages.items():
        service.on(f"/simple/{name}/", lambda call, page=page: _answer_page(call, page))
    service.on("/simple/absent/", lambda call: call.answer(b"no such package", "404 Not Found"))


def _answer_page(call: Call, page: str) -> None:
    body = f"<!DOCTYPE html><html><body>{page}</body></html>".encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    call.channel.sendall(b"\3" + head.encode() + body)
