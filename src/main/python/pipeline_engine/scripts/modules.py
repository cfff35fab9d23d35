"""Scripts as modules of Python: their names, and their source for tracebacks and `inspect`."""

import linecache
from types import CodeType
from typing import NamedTuple

from pipeline_engine.protocol.pipeline import StageScript
from pipeline_engine.scripts.parsing import compile_script


class Source(NamedTuple):
    """The text of a script and the file name that Python knows it by; there is no such file."""

    text: str
    filename: str

    def compile(self) -> CodeType:
        lines = [line + "\n" for line in self.text.split("\n")]
        linecache.cache[self.filename] = (len(self.text), None, lines, self.filename)
        return compile_script(self.text, self.filename)


def module_name(script: StageScript) -> str:
    return f"pipeline_script_{script.ordinal}"
