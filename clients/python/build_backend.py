"""Builds the wheel, for pip (PEP 517) and for bin/client. The same sources make the same bytes.

The wheel holds the client and, for `datapipeline local`, a copy of the engine.
"""

from __future__ import annotations

import base64
import hashlib
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
ENGINE = HERE.parents[1] / "src/main/python"
ENGINE_PACKAGES = ("pipeline_engine", "datapipeline")
# The earliest time that a zip file can hold.
NO_TIME = (1980, 1, 1, 0, 0, 0)
FILE_MODE = 0o100644

METADATA = """\
Metadata-Version: 2.1
Name: datapipeline-client
Version: {version}
Summary: Client and command line of the Data Pipeline Framework
License: MIT
Requires-Python: >=3.9
Classifier: Typing :: Typed
Provides-Extra: pandas
Requires-Dist: pandas; extra == "pandas"
Description-Content-Type: text/markdown

"""
WHEEL = """\
Wheel-Version: 1.0
Generator: build_backend
Root-Is-Purelib: true
Tag: py3-none-any
"""
ENTRY_POINTS = """\
[console_scripts]
datapipeline = datapipeline_client.command.main:main
"""


def build_wheel(wheel_directory: str, config_settings: object = None, metadata_directory: object = None) -> str:
    """Writes the wheel into a folder and returns its name."""
    version = _version()
    info = f"datapipeline_client-{version}.dist-info"
    members = {
        **dict(_modules(HERE, "datapipeline_client", "")),
        **{
            name: content
            for package in ENGINE_PACKAGES
            for name, content in _modules(ENGINE, package, "datapipeline_client/engine/")
        },
        f"{info}/LICENSE": (HERE.parents[1] / "LICENSE").read_bytes(),
        f"{info}/METADATA": METADATA.format(version=version).encode() + (HERE / "README.md").read_bytes(),
        f"{info}/WHEEL": WHEEL.encode(),
        f"{info}/entry_points.txt": ENTRY_POINTS.encode(),
    }
    record = f"{info}/RECORD"
    lines = [f"{name},sha256={_digest(content)},{len(content)}\n" for name, content in members.items()]
    members[record] = ("".join(lines) + f"{record},,\n").encode()
    name = f"datapipeline_client-{version}-py3-none-any.whl"
    _write(Path(wheel_directory) / name, members)
    return name


def build_sdist(sdist_directory: str, config_settings: object = None) -> str:
    """There is none, as it would need the sources of the engine from outside of this folder."""
    raise NotImplementedError("datapipeline-client is built as a wheel only: bin/client, or pip wheel clients/python")


def _modules(root: Path, package: str, prefix: str) -> Iterator[tuple[str, bytes]]:
    for path in sorted((root / package).rglob("*")):
        if path.is_file() and path.suffix in (".py", ".json", ".typed"):
            yield prefix + path.relative_to(root).as_posix(), path.read_bytes()


def _version() -> str:
    found = re.search(r'^VERSION = "(.+)"$', (HERE / "datapipeline_client/version.py").read_text(), re.MULTILINE)
    if found is None:
        raise ValueError("datapipeline_client/version.py names no version")
    return found[1]


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()


def _write(path: Path, members: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, NO_TIME)
            entry.external_attr = FILE_MODE << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)


if __name__ == "__main__":
    print(build_wheel(sys.argv[1]))
