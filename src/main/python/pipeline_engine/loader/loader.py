"""The loader: imports the scripts once and forks itself for every batch.

It runs the top level of the scripts and is therefore not trusted: it has no socket to the service and no records, and
when it dies the supervisor starts another.
"""

import faulthandler
import gc
import os
import signal
import socket
import sys
import traceback
from typing import NoReturn

if sys.version_info >= (3, 14):
    import multiprocessing

from pipeline_engine.channels.exit_codes import ExitCode
from pipeline_engine.channels.loader_messages import (
    FORK_REQUEST,
    TRACE_SIGNAL,
    UNKNOWN_STATUS,
    BatchProcessPipes,
    LoaderMessage,
    LoaderMessageType,
    LoaderStart,
    ScriptTraits,
)
from pipeline_engine.linux.processes import (
    become_untrusted,
    block_signals,
    die_with_parent,
    make_dumpable,
    make_undumpable,
    raise_oom_score,
    restore_signals,
)
from pipeline_engine.loader.clean_fork import continue_in_clean_fork
from pipeline_engine.loader.loading import ScriptRefused, load_pipeline
from pipeline_engine.loader.random_numbers import Generators
from pipeline_engine.loader.spawned_processes import SpawnedProcesses
from pipeline_engine.runner.batch_main import BatchMain
from pipeline_engine.runner.batch_process import BatchProcess
from pipeline_engine.runner.current_record import CurrentRecord
from pipeline_engine.runner.loaded_script import LoadedScript
from pipeline_engine.runner.outbound_connections import note_connections
from pipeline_engine.runner.standard_streams import StandardStreams

_OOM_SCORE = 900
_REQUEST_BYTES = 16


def run_loader(channel: socket.socket, start: LoaderStart) -> NoReturn:
    """The main function of the loader process; `channel` is its socket to the supervisor."""
    _become_ordinary(start)
    faulthandler.enable(start.trace, all_threads=False)
    faulthandler.register(TRACE_SIGNAL, start.trace, all_threads=False)
    batch_main, signals = _load(channel, start)
    while True:
        packet, descriptors, _, _ = socket.recv_fds(channel, _REQUEST_BYTES, len(BatchProcessPipes._fields))
        if packet != FORK_REQUEST or len(descriptors) != len(BatchProcessPipes._fields):
            os._exit(ExitCode.DONE)
        _fork_batch_process(channel, batch_main, BatchProcessPipes(*descriptors), signals)


def _load(channel: socket.socket, start: LoaderStart) -> tuple[BatchMain, bytes]:
    """Import the scripts; returns the main function of batch processes, and the signal mask that they restore."""
    _prepare_event_loops(start.pipeline.mentions("asyncio"))
    streams = StandardStreams(CurrentRecord(start.memory), start.pipeline.record_concurrency)
    streams.install()
    streams.current.watch_threads_and_forks()
    generators = Generators()
    generators.watch()
    spawned_processes = SpawnedProcesses(start.pipeline)
    spawned_processes.install()
    if start.pipeline.outbound is not None:
        # Before the scripts: clients that they make while they are imported read it.
        os.environ.update(start.pipeline.outbound.environment)
    try:
        scripts = load_pipeline(start.pipeline, start.memory.begin_loading)
    except ScriptRefused as refused:
        LoaderMessage(LoaderMessageType.SCRIPTS_REFUSED, refused.error.to_json()).send(channel)
        os._exit(ExitCode.SCRIPTS_REFUSED)
    _prepare_event_loops("asyncio" in sys.modules)
    continue_in_clean_fork(channel)
    # From now on no batch can reach this process, by a signal handler or by writing to its memory.
    signals = block_signals()
    make_undumpable()
    generators.remember()
    streams.end_import()
    if start.pipeline.outbound is not None and start.memory.outbound is not None:
        note_connections(start.pipeline.outbound.port, start.memory.outbound.origins, streams.current)
    process = BatchProcess(start.memory, start.pipeline, scripts, streams)
    batch_main = BatchMain(process, [generators.refresh, spawned_processes.install])
    # Frozen objects are not touched by garbage collection, so forks do not copy their pages.
    gc.collect()
    gc.freeze()
    LoaderMessage.with_number(LoaderMessageType.SCRIPTS_LOADED, _traits(scripts)).send(channel)
    return batch_main, signals


def _prepare_event_loops(is_wanted: bool) -> None:
    if is_wanted:
        # Imported only if needed: it takes longer than everything else that a loader does.
        from pipeline_engine.runner.event_loop_policy import install_event_loop_policy

        install_event_loop_policy()


def _traits(scripts: list[LoadedScript]) -> ScriptTraits:
    traits = ScriptTraits(0)
    if any(loaded.setup is not None for loaded in scripts):
        traits |= ScriptTraits.HAS_SETUP
    if any(loaded.is_asynchronous for loaded in scripts):
        traits |= ScriptTraits.IS_ASYNCHRONOUS
    return traits


def _become_ordinary(start: LoaderStart) -> None:
    """Undo in this fork what is special about the supervisor, and redirect standard input and output."""
    die_with_parent()
    # A script that signals its own process group must not reach the supervisor.
    os.setsid()
    make_dumpable()
    raise_oom_score(os.getpid(), _OOM_SCORE)
    # Beside the scripts there is then the relay, which they should not stop.
    become_untrusted(signals_stay_within=start.pipeline.outbound is not None)
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(start.output, 1)
    os.dup2(start.output, 2)
    os.close(nothing)
    os.close(start.output)
    sys.argv = [""]
    if sys.version_info >= (3, 14):
        # Only forks of this process know the functions of scripts; the default start method would not find them.
        multiprocessing.set_start_method("fork")


def _fork_batch_process(
    channel: socket.socket, batch_main: BatchMain, pipes: BatchProcessPipes, signals: bytes
) -> None:
    process = os.fork()
    if not process:
        try:
            channel.close()
            make_dumpable()
            restore_signals(signals)
            for descriptor in pipes:
                os.set_inheritable(descriptor, False)
            batch_main.run(pipes)
        except BaseException:
            # A script has broken the interpreter for the engine too; its author finds this in the log.
            traceback.print_exc(file=sys.__stderr__)
        finally:
            os._exit(ExitCode.ENGINE_FAILED)
    for descriptor in pipes:
        os.close(descriptor)
    LoaderMessage.with_number(LoaderMessageType.PROCESS_FORKED, process).send(channel)
    try:
        _, status = os.waitpid(process, 0)
    except ChildProcessError:
        status = UNKNOWN_STATUS
    LoaderMessage.with_number(LoaderMessageType.PROCESS_ENDED, status).send(channel)
