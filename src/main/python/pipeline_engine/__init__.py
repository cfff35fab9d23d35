"""The engine that runs a pipeline's Python scripts over batches of records inside a sandbox.

Three kinds of process, each forked from the one before it:

- The *supervisor* (PID 1 of the sandbox) owns the socket to the service, holds the records of the batch in
  shared memory, watches time and decides who is to blame when a process dies. It never runs user code.
- The *loader* imports the scripts of the pipeline once and forks itself for every batch.
- A *batch process* runs the records of one batch, or of what is left of it after the one before died.

What must never happen: that a script, whatever it does, costs more than its own records, that a record is
reported twice or not at all, or that a value is changed on its way between JSON and Python.

`docs/engine-protocol.md` describes what goes over the socket; only the standard library is needed.
"""

ENGINE_VERSION = "1.0"
