"""Scripts as modules of Python: their names, and their source where tracebacks and `inspect` look for it."""

import linecache
from types import CodeType
from typing import NamedTuple

from pipeline_engine.protocol.pipeline import StageScript
from pipeline_engine.scripts.parsing import compile_script


class Source(NamedTuple):
    """The text of a script and what it is called as a file, which it is not."""

    text: str
    filename: str

    def compile(self) -> CodeType:
        """Its code; raises SyntaxError."""
        lines = [line + "\n" for line in self.text.split("\n")]
        linecache.cache[self.filename] = (len(self.text), None, lines, self.filename)
        return compile_script(self.text, self.filename)


def module_name(script: StageScript) -> str:
    return f"pipeline_script_{script.ordinal}"
