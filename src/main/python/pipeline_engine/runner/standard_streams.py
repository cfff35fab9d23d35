"""Standard output and error of scripts, and the streams that scripts put in front of them.

A stream that a script makes may buffer. It is flushed at the end of each record, so that its lines get the index of
that record, and at the end of the batch, because the process then ends without the clean-up of the interpreter.
"""

import gc
import io
import os
import sys
from collections.abc import Callable
from gc import get_objects
from typing import Any, NoReturn
from weakref import ref

from pipeline_engine.runner.c_output import flush_c_output, write_c_output_by_line
from pipeline_engine.runner.current_record import CurrentRecord
from pipeline_engine.runner.record_output import RecordOutput, RecordText

_BUFFERING = (io.TextIOWrapper, io.BufferedWriter)


class StandardStreams:
    """Both streams, made before the import of the scripts, which may keep references to them.

    While `buffering` is not empty, a stream of a script may buffer, and `end_record` must be called after every record.
    `forks_run_batches` in the loader; a batch process sets it to False, because its forks are made by scripts.
    """

    def __init__(self, current: CurrentRecord, open_lines: int) -> None:
        self.current = current
        self.buffering: list[Any] = []
        self._wrappers: list[ref[Any]] = []
        self._made_while_importing: list[ref[Any]] = []
        self._outputs = [
            RecordOutput(descriptor, self._prefix, open_lines, self._note_wrapped) for descriptor in (1, 2)
        ]
        self._texts = [RecordText(output) for output in self._outputs]
        # Those of the engine buffer nothing.
        self._known = [*self._texts, sys.stdin, sys.stdout, sys.stderr]
        self._unfinished = [output.unfinished for output in self._outputs]
        self.buffering.clear()
        self.forks_run_batches = False

    def _prefix(self) -> bytes:
        # A stream in front of these mixes the output of several records, so it gets no index.
        return b"" if self.buffering and self.current.is_one_of_several else self.current.prefix()

    def _note_wrapped(self) -> None:
        self.buffering.append(None)

    def allow_open_lines(self, number: int) -> None:
        """Keep so many unfinished lines apart."""
        for output in self._outputs:
            output.open_lines = number

    def install(self) -> None:
        """Replace the streams of this process and of its forks, under all their names."""
        sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__ = self._texts
        os.write = self._writing(os.write)
        os._exit = self._exiting(os._exit)
        write_c_output_by_line()
        os.register_at_fork(after_in_child=self.begin_fork)

    def _writing(self, write: Callable[[int, Any], int]) -> Callable[[int, Any], int]:
        outputs = dict(enumerate(self._outputs, 1))

        def write_marked(fd: int, data: Any, /) -> int:
            output = outputs.get(fd)
            return write(fd, data) if output is None else output.write(data)

        write_marked.__name__ = write_marked.__qualname__ = "write"
        return write_marked

    def _exiting(self, leave: Callable[[int], NoReturn]) -> Callable[[int], NoReturn]:
        def write_and_leave(status: int) -> NoReturn:
            try:
                for output in self._outputs:
                    output.finish()
            finally:
                leave(status)

        write_and_leave.__name__ = write_and_leave.__qualname__ = "_exit"
        return write_and_leave

    def begin_fork(self) -> None:
        if self.forks_run_batches:
            # It belongs to no record, and the loader has no unfinished lines.
            return
        self.current.begin_fork()
        for output in self._outputs:
            output.begin_fork()

    def end_import(self) -> None:
        """After imports, before objects are frozen and the garbage collector no longer lists them."""
        self._find_wrappers()
        self._made_while_importing += [ref(stream) for stream in _file_streams() if stream not in self._known]
        _flush(self._replacements() + _living(self._made_while_importing) + _file_streams())
        flush_c_output()
        self._write_unfinished_lines()
        self.find_replacements()
        self.current.end_import()
        self.forks_run_batches = True

    def find_replacements(self) -> None:
        """Check whether a script has replaced one of the streams."""
        output, errors = self._texts
        if (sys.stdout is not output or sys.stderr is not errors) and not self.buffering:
            self.buffering.append(None)

    def end_record(self) -> None:
        """Flush streams that buffer, while the record of their text is known."""
        if None in self.buffering:
            self._find_wrappers()
        self.buffering[:] = self._replacements() + _living(self._wrappers)
        _flush(self.buffering)

    def finish(self) -> None:
        """Write what is buffered. Calls nothing without a reason, because every batch does this."""
        if "logging" in sys.modules:
            # Some handlers write only at shutdown.
            sys.modules["logging"].shutdown()
        made = []
        for stream in get_objects():
            if issubclass(type(stream), _BUFFERING):
                made.append(stream)
        output, errors = self._texts
        if made or self._made_while_importing or sys.stdout is not output or sys.stderr is not errors:
            _flush(self._replacements() + _living(self._made_while_importing) + made)
        flush_c_output()
        if self._unfinished[0] or self._unfinished[1]:
            self._write_unfinished_lines()

    def _write_unfinished_lines(self) -> None:
        for output in self._outputs:
            output.finish()

    def _replacements(self) -> list[Any]:
        return [
            stream for stream, text in zip((sys.stdout, sys.stderr), self._texts, strict=True) if stream is not text
        ]

    def _find_wrappers(self) -> None:
        ours = [id(text) for text in self._texts]
        self._wrappers += [
            ref(stream)
            for output in self._outputs
            for stream in gc.get_referrers(output)
            if issubclass(type(stream), io.IOBase) and id(stream) not in ours
        ]


def _living(streams: list[ref[Any]]) -> list[Any]:
    return [stream for stream in (found() for found in streams) if stream is not None]


def _file_streams() -> list[Any]:
    """Streams with buffers that were made since the objects were frozen."""
    return [stream for stream in get_objects() if issubclass(type(stream), _BUFFERING)]


def _flush(streams: list[Any]) -> None:
    for stream in streams:
        try:
            stream.flush()
        except BaseException:
            # A stream may be closed, and a script's own stream may do anything; no record is left to fail.
            continue
