"""A small service for tests: starts the engine as the sandbox does and speaks the protocol to it, strictly.

It shares no code with the engine, so that a mistake in a layout cannot hide on both sides, and it fails the
test whenever the engine breaks a rule of `docs/engine-protocol.md`.
"""

import atexit
import compileall
import json
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine_results import Result, parse_results

import pipeline_engine

ENGINE = Path(pipeline_engine.__file__).parent.parent
SOCKET = "s.sock"
PATIENCE = 30.0


@dataclass
class BatchOutcome:
    """Everything the engine said during one batch."""

    results: list[Result] = field(default_factory=list)
    log: str = ""
    done: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    first_result_seconds: float | None = None
    arrivals: list[float] = field(default_factory=list)

    @property
    def statuses(self) -> list[str]:
        return [result.status for result in self.results]

    @property
    def finals(self) -> list[Any]:
        return [result.final for result in self.results]


class EngineGone(Exception):
    """The engine closed the connection."""


def here(folder: Path) -> list[str]:
    """Command that starts the engine as an ordinary process."""
    return [
        sys.executable,
        "-I",
        "-B",
        "-u",
        "-X",
        "utf8",
        "-X",
        f"pycache_prefix={BYTE_CODE}",
        str(ENGINE),
        str(folder / SOCKET),
    ]


def _compile_engine() -> str:
    """A folder with the engine's byte code, as a sandbox image has it: compiling takes longer than most tests."""
    folder = tempfile.mkdtemp(prefix="engine-byte-code")
    atexit.register(shutil.rmtree, folder)
    before, sys.pycache_prefix = sys.pycache_prefix, folder
    compileall.compile_dir(ENGINE, quiet=1)
    sys.pycache_prefix = before
    return folder


BYTE_CODE = _compile_engine()


class EngineService:
    """One engine in a process of its own; a context manager. `command` starts it, given the socket's folder."""

    def __init__(self, command: Callable[[Path], list[str]] = here) -> None:
        self.lines: list[bytes] = []
        self._folder = tempfile.TemporaryDirectory(prefix="engine")
        self.folder = folder = Path(self._folder.name)
        folder.chmod(0o755)
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listener.bind(str(folder / SOCKET))
        (folder / SOCKET).chmod(0o777)
        listener.listen(1)
        listener.settimeout(PATIENCE)
        self.process = subprocess.Popen(command(folder), stderr=subprocess.PIPE)
        self.channel, _ = listener.accept()
        listener.close()
        self.channel.settimeout(PATIENCE)
        self.hello = json.loads(self.expect(b"H"))

    def __enter__(self) -> "EngineService":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the socket; the engine must then end by itself."""
        self.channel.close()
        self.process.wait(PATIENCE)
        if self.process.stderr is not None:
            self.process.stderr.close()
        self._folder.cleanup()

    def send(self, kind: bytes, payload: bytes = b"") -> None:
        self.channel.sendall(struct.pack(">Ic", len(payload), kind) + payload)

    def receive(self) -> tuple[bytes, bytes]:
        length, kind = struct.unpack(">Ic", self._read(5))
        if length > 65 * 1024 * 1024:
            raise AssertionError(f"frame {kind!r} of {length} bytes")
        return kind, self._read(length)

    def _read(self, size: int) -> bytes:
        data = bytearray()
        while len(data) < size:
            piece = self.channel.recv(min(size - len(data), 1 << 20))
            if not piece:
                raise EngineGone
            data += piece
        return bytes(data)

    def expect(self, kind: bytes) -> bytes:
        found, payload = self.receive()
        if found != kind:
            raise AssertionError(f"frame {found!r} where {kind!r} was due: {payload[:300]!r}")
        return payload

    def check(self, source: str | bytes) -> list[dict[str, Any]]:
        self.send(b"C", source.encode() if isinstance(source, str) else source)
        return json.loads(self.expect(b"K"))["problems"]

    def load(self, *sources: str, **settings: Any) -> None:
        """Load a pipeline of steps with one main script each."""
        self.load_pipeline(pipeline_of(*sources, **settings))

    def load_pipeline(self, pipeline: dict[str, Any]) -> None:
        self.pipeline = pipeline
        self.send(b"P", json.dumps(pipeline).encode())
        self.expect(b"L")

    def refusal(self, *sources: str, **settings: Any) -> dict[str, Any]:
        """Load a pipeline that must be refused; returns the error."""
        self.send(b"P", json.dumps(pipeline_of(*sources, **settings)).encode())
        return json.loads(self.expect(b"X"))

    def run(self, records: Iterable[Any], base: int = 0, input_bytes: int = 1 << 20) -> BatchOutcome:
        """Run one batch of records given as objects, or as bytes of JSON."""
        lines = [record if isinstance(record, bytes) else json.dumps(record).encode() for record in records]
        return self.finish(self.begin(lines, base, input_bytes), len(lines))

    def begin(self, lines: list[bytes], base: int = 0, input_bytes: int = 1 << 20) -> Iterator[bytes]:
        """Send BATCH and the first INPUT; returns the INPUTs that are left."""
        inputs = chunks(lines, input_bytes)
        self.lines = lines
        self.send(b"B", struct.pack(">QI", base, len(lines)))
        self.send(b"I", next(inputs))
        return inputs

    def finish(self, inputs: Iterator[bytes], total: int) -> BatchOutcome:
        """Receive until DONE, giving input when it is wanted, and check that everything adds up."""
        outcome = BatchOutcome()
        began = time.monotonic()
        while True:
            kind, payload = self.receive()
            if kind == b"W":
                self.send(b"I", next(inputs))
            elif kind == b"G":
                outcome.log += payload.decode()
            elif kind == b"R":
                outcome.first_result_seconds = outcome.first_result_seconds or time.monotonic() - began
                found = list(parse_results(payload, self.lines))
                outcome.results += found
                outcome.arrivals += [time.monotonic() - began] * len(found)
            elif kind == b"D":
                break
            else:
                raise AssertionError(f"frame {kind!r} during a batch")
        outcome.seconds = time.monotonic() - began
        outcome.done = json.loads(payload)
        self._check(outcome, total)
        return outcome

    def _check(self, outcome: BatchOutcome, total: int) -> None:
        positions = [result.position for result in outcome.results]
        if positions != list(range(total)):
            raise AssertionError(f"positions {positions[:20]}... of {total} records")
        counted = {name: outcome.statuses.count(name.upper()) for name in ("succeeded", "failed", "skipped")}
        told = {name: outcome.done[name] for name in counted}
        if counted != told or outcome.done["records"] != total:
            raise AssertionError(f"DONE says {outcome.done}, results are {counted}")
        stages = sum(len(step["stages"]) for step in self.pipeline["steps"])
        keeps_every_stage = self.pipeline.get("trace", "all") == "all"
        for result in outcome.results:
            expected = list(range(len(result.ordinals))) if keeps_every_stage else result.ordinals[-1:]
            complete = stages if keeps_every_stage else 1
            if result.ordinals != expected or (result.status == "SUCCEEDED" and len(result.ordinals) != complete):
                raise AssertionError(f"stages of {result}")


def pipeline_of(*sources: str, **settings: Any) -> dict[str, Any]:
    """A pipeline with one step for each source, called step_0, step_1, ..."""
    steps = [
        {"name": f"step_{number}", "stages": [{"stage": "main", "script": f"main_{number}.py", "source": source}]}
        for number, source in enumerate(sources)
    ]
    return {"steps": steps} | settings


def script(text: str) -> str:
    """The source of a script that is written indented in a test."""
    return textwrap.dedent(text).lstrip("\n")


def chunks(lines: list[bytes], size: int) -> Iterator[bytes]:
    """INPUT payloads: whole records, at most `size` bytes unless a single one is larger."""
    chunk = b""
    for line in lines:
        if chunk and len(chunk) + len(line) + 1 > size:
            yield chunk
            chunk = b""
        chunk += line + b"\n"
    yield chunk
