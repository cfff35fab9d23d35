"""A loader that imports modules of packages before there is a pipeline, so that the first batch need not wait for them.

Nothing but code of the packages runs in it until it receives a pipeline. It is of use only for scripts that begin with
the same imports, in the same order: for any others it ends, and the supervisor starts an ordinary loader.
"""

import os
import socket
import sys
from importlib import import_module
from types import ModuleType

from pipeline_engine.channels.exit_codes import ExitCode
from pipeline_engine.channels.loader_messages import PIPELINE_HANDED_OVER, HandedOver, LoaderStart, PrimeStart
from pipeline_engine.linux.processes import has_threads_or_children
from pipeline_engine.loader.package_imports import PackageImports
from pipeline_engine.loader.packages import imported_first, use_packages
from pipeline_engine.loader.preparation import Prepared, become_ordinary, prepare, prepare_event_loops, use_output
from pipeline_engine.loader.threads_left import threads_left
from pipeline_engine.protocol.pipeline import Pipeline

_PACKET_BYTES = 16
_OUTPUT_KEPT = 65_536


def prime(channel: socket.socket, start: PrimeStart) -> tuple[LoaderStart, Prepared]:
    """Import the modules, and wait for a pipeline; ends the process if that does not work out."""
    try:
        output = os.memfd_create("output")
        become_ordinary(signals_stay_within=False)
        use_output(os.dup(output))
        prepared = _import_modules(start)
        if threads_left() or has_threads_or_children():
            os._exit(ExitCode.DONE)
        return _await_pipeline(channel, start, prepared, output)
    except BaseException:
        # An ordinary loader meets the same problem and says what it is.
        os._exit(ExitCode.DONE)


def _import_modules(start: PrimeStart) -> Prepared:
    prepared = prepare(start.memory, 1)
    engine = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    use_packages(start.folder)
    imports = PackageImports(start.folder)
    imports.watch()
    for name in start.modules:
        import_module(name)
    sys.modules["__main__"] = engine
    prepare_event_loops("asyncio" in sys.modules)
    return prepared._replace(imports=imports)


def _await_pipeline(
    channel: socket.socket, start: PrimeStart, prepared: Prepared, output: int
) -> tuple[LoaderStart, Prepared]:
    packet, descriptors, _, _ = socket.recv_fds(channel, _PACKET_BYTES, len(HandedOver._fields))
    if packet != PIPELINE_HANDED_OVER or len(descriptors) != len(HandedOver._fields):
        os._exit(ExitCode.DONE)
    handed_over = HandedOver(*descriptors)
    with open(handed_over.document, "rb") as document:
        pipeline = Pipeline.parse(document.read())
    first = imported_first(pipeline, start.folder)
    if tuple(first[: len(start.modules)]) != start.modules:
        os._exit(ExitCode.DONE)
    for descriptor in handed_over[1:]:
        os.set_inheritable(descriptor, False)
    prepared.streams.allow_open_lines(pipeline.record_concurrency)
    os.write(handed_over.output, os.pread(output, _OUTPUT_KEPT, 0))
    os.close(output)
    return LoaderStart(start.memory, pipeline, handed_over.output, handed_over.trace), prepared
