"""The loader: imports the scripts once and forks itself for every batch.

It runs user code (the top level of the scripts) and is therefore trusted with nothing: it owns no socket, sees
no records, and when it dies the supervisor makes another from the sources.

Messages over its channel, one packet each: `F` with three descriptors asks for a batch process; it answers
`L` (loaded, with the traits of the scripts), `X` with a report (refused), `P` with the id of a process it
forked, `E` with the wait status of that process once it is dead. `M` with the id of a process that it forked says that
this one goes on in its place.
"""

import faulthandler
import gc
import os
import signal
import socket
import struct
import sys
import time
import traceback
from typing import NoReturn

if sys.version_info >= (3, 14):
    import multiprocessing

from pipeline_engine.protocol.pipeline import Pipeline
from pipeline_engine.linux.processes import (
    become_untrusted,
    close_to_others,
    die_with_parent,
    has_company,
    hold_signals,
    open_to_others,
    raise_oom_score,
    release_signals,
)
from pipeline_engine.protocol.reports import to_json
from pipeline_engine.runner.batch_main import BatchMain
from pipeline_engine.runner.batch_process import EXIT_ENGINE_FAILED, BatchProcess, Pipes
from pipeline_engine.runner.current_record import CurrentRecord
from pipeline_engine.loader.loading import LoadedScript, ScriptRefused, load_pipeline
from pipeline_engine.loader.random_numbers import Generators
from pipeline_engine.loader.spawned_processes import SpawnedProcesses
from pipeline_engine.runner.standard_streams import StandardStreams
from pipeline_engine.channels.shared_memory import LOADING, SharedMemory

FORK = b"F"
LOADED = b"L"
REFUSED = b"X"
FORKED = b"P"
EXITED = b"E"
MOVED = b"M"
NUMBER = struct.Struct(">q")
UNKNOWN_STATUS = -1
HAS_SETUP = 1
IS_ASYNCHRONOUS = 2
TRACE_SIGNAL = signal.SIGRTMIN + 7

PACKET_LIMIT = 131_072
_OOM_SCORE = 900
_EXIT_REFUSED = 75
_BETWEEN_LOOKS = 0.0005


def run_loader(channel: socket.socket, memory: SharedMemory, pipeline: Pipeline, output: int, trace: int) -> NoReturn:
    """Life of the loader process, from its fork to its end.

    `output` becomes standard output and error; `trace` is where to write which line runs when the process
    crashes or is asked.
    """
    _become_ordinary(output)
    faulthandler.enable(trace, all_threads=False)
    faulthandler.register(TRACE_SIGNAL, trace, all_threads=False)
    _prepare_event_loops(pipeline.mentions("asyncio"))
    streams = StandardStreams(CurrentRecord(memory.progress), pipeline.record_concurrency)
    streams.install()
    streams.current.watch_threads_and_forks()
    generators = Generators()
    generators.watch()
    spawned_processes = SpawnedProcesses(pipeline)
    spawned_processes.install()
    try:
        scripts = load_pipeline(pipeline, lambda ordinal: memory.progress.__setitem__(LOADING, ordinal))
    except ScriptRefused as refused:
        channel.send(REFUSED + to_json(refused.error))
        os._exit(_EXIT_REFUSED)
    _prepare_event_loops("asyncio" in sys.modules)
    _leave_company_behind(channel)
    # From now on nothing that runs in a batch reaches this process: no handler of a signal, no write to its memory.
    signals = hold_signals()
    close_to_others()
    generators.remember()
    streams.end_import()
    batch_main = BatchMain(BatchProcess(memory, pipeline, scripts, streams), generators, spawned_processes)
    # What is there now is never garbage; frozen, it is not touched and so not copied by the forks.
    gc.collect()
    gc.freeze()
    channel.send(LOADED + NUMBER.pack(_traits(scripts)))
    while True:
        packet, descriptors, _, _ = socket.recv_fds(channel, 16, 3)
        if packet != FORK or len(descriptors) != 3:
            os._exit(0)
        _fork_batch_process(channel, batch_main, Pipes(*descriptors), signals)


def _leave_company_behind(channel: socket.socket) -> None:
    """Go on in a fork where imports have started threads or processes, which could carry what one batch does to the next.

    Threads end with this process, its children fall to the supervisor, and timers are not inherited.
    """
    if not has_company():
        return
    parent = os.getpid()
    successor = os.fork()
    if successor:
        channel.send(MOVED + NUMBER.pack(successor))
        os._exit(0)
    while os.getppid() == parent:
        time.sleep(_BETWEEN_LOOKS)
    die_with_parent()
    _forget_resource_tracker()


def _forget_resource_tracker() -> None:
    """Have multiprocessing start another process for this when it needs one, instead of warning that the first has died.

    Its pipe stays open: at its end the tracker would remove the shared memory that imports have made.
    """
    tracker = getattr(sys.modules.get("multiprocessing.resource_tracker"), "_resource_tracker", None)
    if getattr(tracker, "_fd", None) is not None:
        tracker._fd = tracker._pid = None


def _prepare_event_loops(is_wanted: bool) -> None:
    if is_wanted:
        # Imported only where it is needed: it takes longer than everything else that a loader does.
        from pipeline_engine.runner.event_loop_policy import install_event_loop_policy

        install_event_loop_policy()


def _traits(scripts: list[LoadedScript]) -> int:
    has_setup = any(loaded.setup is not None for loaded in scripts)
    is_asynchronous = any(loaded.is_asynchronous for loaded in scripts)
    return HAS_SETUP * has_setup | IS_ASYNCHRONOUS * is_asynchronous


def _become_ordinary(output: int) -> None:
    """Undo in this fork what is special about the supervisor, and point input and output away from it."""
    die_with_parent()
    # A script that signals its own process group must not reach the supervisor.
    os.setsid()
    open_to_others()
    raise_oom_score(os.getpid(), _OOM_SCORE)
    become_untrusted()
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.close(nothing)
    os.close(output)
    sys.argv = [""]
    if sys.version_info >= (3, 14):
        # Functions of scripts are known only to forks of this process; what is the default there would not find them.
        multiprocessing.set_start_method("fork")


def _fork_batch_process(channel: socket.socket, batch_main: BatchMain, pipes: Pipes, signals: bytes) -> None:
    process = os.fork()
    if not process:
        try:
            channel.close()
            open_to_others()
            release_signals(signals)
            for descriptor in pipes:
                os.set_inheritable(descriptor, False)
            batch_main.run(pipes)
        except BaseException:
            # A script that breaks the interpreter for the engine too; its author finds this in the log.
            traceback.print_exc(file=sys.__stderr__)
        finally:
            os._exit(EXIT_ENGINE_FAILED)
    for descriptor in pipes:
        os.close(descriptor)
    channel.send(FORKED + NUMBER.pack(process))
    try:
        _, status = os.waitpid(process, 0)
    except ChildProcessError:
        status = UNKNOWN_STATUS
    channel.send(EXITED + NUMBER.pack(status))
