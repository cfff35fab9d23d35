"""Runs a batch some times before there is a pipeline, so that batch processes do little for the first time.

The interpreter rewrites code once it has run some times. A fork that runs such code for the first time copies its
pages, and until then each access to an attribute writes to objects that are all over the memory, whose pages it copies
too. Here the code is rewritten before the fork, and what of Python and its libraries batches need is in memory.
"""

import gc
import os
from typing import Any

from pipeline_engine.channels.batch_orders import InputReady, Job
from pipeline_engine.channels.shared_memory import SharedMemory
from pipeline_engine.loader.memory_layout import fill_gaps
from pipeline_engine.protocol.pipeline import Pipeline, StageScript
from pipeline_engine.runner.batch_main import BatchMain
from pipeline_engine.runner.batch_process import BatchProcess
from pipeline_engine.runner.current_record import CurrentRecord
from pipeline_engine.runner.loaded_script import LoadedScript
from pipeline_engine.runner.standard_streams import StandardStreams

_ROUNDS = 16
"""Code is rewritten when it has run eight times, and once more when it runs next."""

_LINES = b'{"id":1,"text":"a"}\n{"id":2,"text":"b","of":[1.5,true,null]}\n'


def rehearse() -> None:
    """Leaves nothing behind but code that runs quicker."""
    script = StageScript(0, "step", "main", "main.py", "", "main.py")
    pipeline = Pipeline((script,))
    memory = SharedMemory()
    streams = StandardStreams(CurrentRecord(memory), 1)
    process = BatchProcess(memory, pipeline, [LoadedScript(script, _unchanged, False, None, False)], streams)
    batch_main = BatchMain(process, [])
    orders, orders_end = os.pipe()
    notices, notices_end = os.pipe()
    memory.inputs[0][: len(_LINES)] = _LINES
    # The end of a batch looks at all objects that are not frozen.
    gc.freeze()
    for _ in range(_ROUNDS):
        streams.forks_run_batches = True
        streams.begin_fork()
        os.write(orders_end, Job(0, 0, 2, 1).pack() + InputReady(0, len(_LINES), 0, 2).pack())
        batch_main.run(orders, -1, notices_end)
        process.handed_out = 0
    for descriptor in (orders, orders_end, notices, notices_end):
        os.close(descriptor)
    del batch_main, process, streams
    gc.unfreeze()
    gc.collect()
    # Loaders look for garbage, and fill gaps, among their own objects only.
    fill_gaps()
    gc.freeze()


def _unchanged(record: Any) -> Any:
    return record
