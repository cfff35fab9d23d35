"""The command `datapipeline`. Each module has some of its subcommands; `arguments` says which function runs which.

Modules are imported when their subcommand is used, so that the command starts in the time of Python.
"""
