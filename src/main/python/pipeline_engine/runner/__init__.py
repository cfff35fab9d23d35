"""The batch process: runs the records of a batch through the scripts.

`batch_main` is its main function; `serial_loop`, `threaded_loop` and `asynchronous_loop` run records. Only what a
script returned is stored, and each result is in shared memory as soon as it is complete, so none is lost in a crash.
"""
