"""The trusted side of the engine: talks to the service, holds the records, watches, and decides who is to blame.

`Supervisor` is the loop, `PipelineRun` what it does from PIPELINE on, `BatchRun` one batch, and `ScriptHost` keeps
the processes of `runner` alive. What must never happen: that user code runs here, that the loop waits for a
process that runs user code (but for the tenth of a second in which one may say where it hangs), or that something
read from such a process is believed without being checked.
"""
