"""The trusted side of the engine.

`Supervisor` is the event loop, `PipelineRun` its state from PIPELINE on, `BatchRun` one batch, and `ScriptHost` starts
and ends the processes that run scripts. User code never runs here, everything that such a process sends is checked, and
the loop never waits for one, except for the tenth of a second in which it may report the line that hangs.
"""
