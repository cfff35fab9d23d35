"""The engine that runs a pipeline's Python scripts over batches of records inside a sandbox.

Three kinds of process, each forked from the one before it:

- The *supervisor* (PID 1 of the sandbox) owns the socket to the service, keeps the records of the batch in shared
  memory, enforces time limits and finds the record that ended a process. It never runs user code.
- The *loader* imports the scripts of the pipeline once and forks itself for every batch.
- A *batch process* runs the records of one batch, or those that are left after another one died.

If scripts may call out of the sandbox, the supervisor has one more child, the *relay*, which copies bytes and runs no
user code.

A sandbox in which an environment is built has *workers* instead of loader and batch processes.

A script can harm no records but its own. Every record is reported exactly once. A value is never changed between JSON
and Python. Only the standard library is needed; `docs/engine-protocol.md` describes the protocol on the socket.
"""

ENGINE_VERSION = "1.0"
