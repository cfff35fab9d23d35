"""The side of the engine that runs user code: the loader, and the batch processes that it forks.

`loader` imports the scripts and forks; `batch_main` is the life of a batch process; `serial_loop`, `threaded_loop`
and `asynchronous_loop` run records. What must never happen: that a value is stored which is not what the script
returned, or that a result is kept back which the death of the process would take along.
"""
