"""The loader: imports the scripts once and forks itself for every batch.

It runs the top level of the scripts and is therefore not trusted: it has no socket to the service and no records, and
when it dies the supervisor starts another.
"""

import faulthandler
import gc
import os
import socket
import sys
import time
import traceback
from collections.abc import Callable
from posix import _exit as exit_now
from posix import close, fork, getpid, waitpid
from typing import NamedTuple, NoReturn

from pipeline_engine.channels.exit_codes import ExitCode
from pipeline_engine.channels.loader_messages import (
    FORK_REQUEST,
    NUMBER,
    PIPES,
    TRACE_SIGNAL,
    UNKNOWN_STATUS,
    LoaderMessage,
    LoaderMessageType,
    LoaderStart,
    PrimeStart,
    ScriptTraits,
)
from pipeline_engine.linux.processes import become_batch_process, block_signals, make_undumpable
from pipeline_engine.loader.clean_fork import continue_in_clean_fork
from pipeline_engine.loader.loading import ScriptRefused, load_pipeline
from pipeline_engine.loader.memory_layout import fill_gaps
from pipeline_engine.loader.package_imports import PackageImports
from pipeline_engine.loader.packages import forget_that_forks_are_safe, imported_first, use_packages
from pipeline_engine.loader.preload import Preload
from pipeline_engine.loader.preparation import Prepared, become_ordinary, prepare, prepare_event_loops, use_output
from pipeline_engine.loader.priming import prime
from pipeline_engine.loader.spawned_processes import SpawnedProcesses
from pipeline_engine.loader.threads_left import account_of, threads_left
from pipeline_engine.protocol.pipeline import Pipeline
from pipeline_engine.runner.batch_main import BatchMain
from pipeline_engine.runner.batch_process import BatchProcess
from pipeline_engine.runner.loaded_script import LoadedScript
from pipeline_engine.runner.outbound_connections import note_connections

_REQUEST_BYTES = 16
_PIPES_BYTES = PIPES.size
_unpack_pipes = PIPES.unpack
_RIGHTS_BYTES = socket.CMSG_SPACE(_PIPES_BYTES)
_CLOSE_ON_EXEC = int(socket.MSG_CMSG_CLOEXEC)
_pack_number = NUMBER.pack
_DONE = int(ExitCode.DONE)
_ENGINE_FAILED = int(ExitCode.ENGINE_FAILED)
_FORKED = LoaderMessageType.PROCESS_FORKED.value
_ENDED = LoaderMessageType.PROCESS_ENDED.value


def run_loader(channel: socket.socket, start: LoaderStart | PrimeStart) -> NoReturn:
    """The main function of the loader process; `channel` is its socket to the supervisor."""
    if isinstance(start, PrimeStart):
        start, prepared = prime(channel, start)
    else:
        # Beside the scripts there is then the relay, which they should not stop.
        become_ordinary(signals_stay_within=start.pipeline.outbound is not None)
        prepared = None
    use_output(start.output)
    faulthandler.enable(start.trace, all_threads=False)
    faulthandler.register(TRACE_SIGNAL, start.trace, all_threads=False)
    loaded = _load(channel, start, prepared)
    _serve(channel, loaded)


class _Loaded(NamedTuple):
    """The imported scripts. Batch processes restore the signal mask `signals`.

    A loader with `starts_batches_anew` becomes a batch process itself, because it cannot be forked safely.
    """

    batch_main: BatchMain
    signals: bytes
    starts_batches_anew: bool
    preload: Preload | None


def _load(channel: socket.socket, start: LoaderStart, prepared: Prepared | None) -> _Loaded:
    began = time.monotonic()
    prepare_event_loops(start.pipeline.mentions("asyncio"))
    streams, generators, primed = prepared or prepare(start.memory, start.pipeline.record_concurrency)
    spawned_processes = SpawnedProcesses(start.pipeline)
    spawned_processes.install()
    scripts, imports = _import_scripts(channel, start, primed)
    prepare_event_loops("asyncio" in sys.modules)
    starts_batches_anew = imports is not None and _has_threads(channel, imports, began)
    if not starts_batches_anew:
        continue_in_clean_fork(channel)
    # From now on no batch can reach this process, by a signal handler or by writing to its memory.
    signals = block_signals()
    make_undumpable()
    generators.remember()
    streams.end_import()
    if start.pipeline.outbound is not None and start.memory.outbound is not None:
        note_connections(start.pipeline.outbound.port, start.memory.outbound.origins, streams.current)
    gc.collect()
    fill_gaps()
    process = BatchProcess(start.memory, start.pipeline, scripts, streams)
    # With packages `random` can be imported later.
    begin, end, preload = [generators.refresh] if generators.is_imported or imports is not None else [], [], None
    if imports is not None and not starts_batches_anew:
        _tell_what_was_imported_first(channel, start.pipeline, imports.folder)
        preload = Preload(imports, start.pipeline.load_timeout, [generators.remember, streams.end_import])
        begin.append(preload.begin_batch)
        end.append(preload.end_batch)
    batch_main = BatchMain(process, begin, end)
    LoaderMessage.with_number(LoaderMessageType.SCRIPTS_LOADED, _traits(scripts)).send(channel)
    return _Loaded(batch_main, signals, starts_batches_anew, preload)


def _import_scripts(
    channel: socket.socket, start: LoaderStart, imports: PackageImports | None
) -> tuple[list[LoadedScript], PackageImports | None]:
    """The scripts, and what notices imports from packages if the pipeline has any; ends the process if refused."""
    environment, outbound = start.pipeline.environment, start.pipeline.outbound
    try:
        if environment is not None and imports is None:
            use_packages(environment.path)
            imports = PackageImports(environment.path)
            imports.watch()
        if outbound is not None:
            # Before the scripts: clients that they make while they are imported read it.
            os.environ.update(outbound.environment)
        return load_pipeline(start.pipeline, start.memory.begin_loading), imports
    except ScriptRefused as refused:
        LoaderMessage(LoaderMessageType.SCRIPTS_REFUSED, refused.error.to_json()).send(channel)
        os._exit(ExitCode.SCRIPTS_REFUSED)


def _has_threads(channel: socket.socket, imports: PackageImports, began: float) -> bool:
    """Whether imports have left threads; tells the supervisor which."""
    left = threads_left()
    if left:
        forget_that_forks_are_safe()
        account = account_of(left, imports.threads_started, time.monotonic() - began)
        LoaderMessage(LoaderMessageType.BATCHES_START_ANEW, account.encode("utf-8", "replace")).send(channel)
    return bool(left)


def _tell_what_was_imported_first(channel: socket.socket, pipeline: Pipeline, folder: str) -> None:
    """Have other sandboxes import the same before they get scripts that begin as these do."""
    first = imported_first(pipeline, folder)
    if first:
        LoaderMessage(LoaderMessageType.IMPORTED_FIRST, "\n".join(first).encode()).send(channel)


def _traits(scripts: list[LoadedScript]) -> ScriptTraits:
    traits = ScriptTraits(0)
    if any(loaded.setup is not None for loaded in scripts):
        traits |= ScriptTraits.HAS_SETUP
    if any(loaded.is_asynchronous for loaded in scripts):
        traits |= ScriptTraits.IS_ASYNCHRONOUS
    return traits


def _serve(channel: socket.socket, loaded: _Loaded) -> NoReturn:
    """Fork a batch process for every request.

    Each page of memory that this process writes between two forks is copied for it after the next one, so it makes few
    objects and calls few functions of Python.
    """
    receive, send, descriptor = channel.recvmsg, channel.send, channel.fileno()
    run, signals = loaded.batch_main.run, loaded.signals
    starts_batches_anew, preload = loaded.starts_batches_anew, loaded.preload
    fill_gaps()
    # Frozen objects are not touched by garbage collection, so forks do not copy their pages.
    gc.freeze()
    while True:
        packet, rights, _, _ = receive(_REQUEST_BYTES, _RIGHTS_BYTES, _CLOSE_ON_EXEC)
        if packet != FORK_REQUEST or len(rights) != 1 or len(rights[0][2]) != _PIPES_BYTES:
            exit_now(_DONE)
        pipes = _unpack_pipes(rights[0][2])
        if starts_batches_anew:
            send(_FORKED + _pack_number(getpid()))
            _run_batch(descriptor, signals, run, pipes)
        if preload is not None:
            preload.import_what_was_told(channel, signals)
        process = fork()
        if not process:
            _run_batch(descriptor, signals, run, pipes)
        for pipe in pipes:
            close(pipe)
        send(_FORKED + _pack_number(process))
        try:
            _, status = waitpid(process, 0)
        except ChildProcessError:
            status = UNKNOWN_STATUS
        send(_ENDED + _pack_number(status))


def _run_batch(
    channel: int, signals: bytes, run: Callable[[int, int, int], None], pipes: tuple[int, int, int]
) -> NoReturn:
    """Become the batch process; `channel` is the descriptor of the loader's socket."""
    try:
        close(channel)
        become_batch_process(signals)
        run(*pipes)
        exit_now(_DONE)
    except BaseException:
        # A script has broken the interpreter for the engine too; its author finds this in the log.
        traceback.print_exc(file=sys.__stderr__)
    finally:
        exit_now(_ENGINE_FAILED)
