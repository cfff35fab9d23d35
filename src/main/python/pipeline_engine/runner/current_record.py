"""Which record the running thread or task works on, for the lines that it prints."""

from contextvars import ContextVar

current_index: ContextVar[int | None] = ContextVar("current_index", default=None)
"""Index of the record in the dataset; None where the hot loop runs, which shows it in its slot instead."""
