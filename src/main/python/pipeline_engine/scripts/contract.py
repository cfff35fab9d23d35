"""The contract of a script: `transform(record)` and, optionally, `setup()`."""

import inspect
from typing import Any, NamedTuple

NEEDED = "it needs `def transform(record)` that returns a dict"
EMPTY = f"the script is empty: {NEEDED}"
NO_TRANSFORM = f"the script defines no `transform`: {NEEDED}"
RETURNS_NOTHING = "`transform` never returns a value: every record would fail"


class EntryPoint(NamedTuple):
    """A function of a script that the engine calls with so many positional arguments."""

    name: str
    arguments: int

    @property
    def is_a_class(self) -> str:
        return f"`{self.name}` must be a function, not a class"

    @property
    def is_no_function(self) -> str:
        return f"`{self.name}` must be a function"

    @property
    def is_a_generator(self) -> str:
        return f"`{self.name}` is a generator: it must return, not yield"

    @property
    def has_wrong_arguments(self) -> str:
        return f"`{self.name}` must take {'one argument, the record' if self.arguments else 'no argument'}"

    def complaint_about(self, function: Any) -> str | None:
        """What keeps an imported function from being called, or None."""
        if inspect.isclass(function):
            return self.is_a_class
        if not callable(function):
            return f"{self.is_no_function}, not {type(function).__name__}"
        if inspect.isgeneratorfunction(function) or inspect.isasyncgenfunction(function):
            return self.is_a_generator
        try:
            inspect.signature(function).bind(*range(self.arguments))
        except TypeError as problem:
            return f"{self.has_wrong_arguments}: {problem}"
        except ValueError:
            # A function of an extension module that does not tell its signature.
            return None
        return None


TRANSFORM = EntryPoint("transform", 1)
SETUP = EntryPoint("setup", 0)


def gives_an_awaitable(function: Any) -> bool:
    return inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(type(function).__call__)
