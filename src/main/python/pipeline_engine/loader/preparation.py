"""What a loader does before it imports anything: it gives up what is special about the supervisor."""

import os
import signal
import sys
from typing import Any, NamedTuple

if sys.version_info >= (3, 14):
    import multiprocessing

from pipeline_engine.channels.shared_memory import SharedMemory
from pipeline_engine.linux.processes import become_untrusted, die_with_parent, make_dumpable, raise_oom_score
from pipeline_engine.loader.package_imports import PackageImports
from pipeline_engine.loader.random_numbers import Generators
from pipeline_engine.runner.current_record import CurrentRecord
from pipeline_engine.runner.standard_streams import StandardStreams

_OOM_SCORE = 900


class Prepared(NamedTuple):
    """A loader ready for imports. `imports` notices those from packages; None before their folder is known."""

    streams: StandardStreams
    generators: Generators
    imports: PackageImports | None = None


def become_ordinary(signals_stay_within: bool) -> None:
    """Undo in this fork what is special about the supervisor."""
    die_with_parent()
    # A script that signals its own process group must not reach the supervisor.
    os.setsid()
    make_dumpable()
    raise_oom_score(os.getpid(), _OOM_SCORE)
    become_untrusted(signals_stay_within)
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    sys.argv = [""]
    if sys.version_info >= (3, 14):
        # Only forks of this process know the functions of scripts; the default start method would not find them.
        multiprocessing.set_start_method("fork")


def use_output(output: int) -> None:
    """Make the descriptor standard output and error, and close it."""
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.close(output)


def prepare(memory: SharedMemory, open_lines: int) -> Prepared:
    """Watch streams, threads and generators of random numbers before an import keeps a reference to them."""
    streams = StandardStreams(CurrentRecord(memory), open_lines)
    streams.install()
    _spare_threading(streams)
    streams.current.watch_threads()
    generators = Generators()
    generators.watch()
    return Prepared(streams, generators)


def _spare_threading(streams: StandardStreams) -> None:
    """Have `threading` do nothing in a fork that becomes a batch process: the loader has one thread and holds no lock.

    What it would do there copies as many pages as the rest of a small batch.
    """
    register = os.register_at_fork

    def register_at_fork(**functions: Any) -> None:
        after = functions.get("after_in_child")
        if after is not None and getattr(after, "__module__", None) == "threading":
            functions["after_in_child"] = lambda: None if streams.forks_run_batches else after()
        register(**functions)

    os.register_at_fork = register_at_fork


def prepare_event_loops(is_wanted: bool) -> None:
    if is_wanted:
        # Imported only if needed: it takes longer than everything else that a loader does.
        from pipeline_engine.runner.event_loop_policy import install_event_loop_policy

        install_event_loop_policy()
