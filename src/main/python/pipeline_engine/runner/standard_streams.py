"""Standard output and error of scripts, and the streams that scripts put in front of them.

A stream that a script makes may buffer. It is flushed at the end of each record, so that its lines get the index of
that record, and at the end of the batch, because the process then ends without the clean-up of the interpreter.
"""

import gc
import io
import os
import sys
from collections.abc import Callable
from typing import Any, NoReturn
from weakref import ref

from pipeline_engine.runner.c_output import flush_c_output, write_c_output_by_line
from pipeline_engine.runner.current_record import CurrentRecord
from pipeline_engine.runner.record_output import RecordOutput, RecordText


class StandardStreams:
    """Both streams, made before the import of the scripts, which may keep references to them.

    While `buffering` is not empty, a stream of a script may buffer, and `end_record` must be called after every record.
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
        self.buffering.clear()

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
        os.register_at_fork(after_in_child=self._begin_fork)

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

    def _begin_fork(self) -> None:
        for output in self._outputs:
            output.begin_fork()

    def end_import(self) -> None:
        """After imports, before objects are frozen and the garbage collector no longer lists them."""
        self._find_wrappers()
        self._made_while_importing += [ref(stream) for stream in _file_streams() if stream not in self._texts]
        self._write_everything()

    def begin_batch(self) -> None:
        self.current.begin_batch()
        self.find_replacements()

    def find_replacements(self) -> None:
        """Check whether a script has replaced one of the streams."""
        if not self.buffering and self._replacements():
            self.buffering.append(None)

    def end_record(self) -> None:
        """Flush streams that buffer, while the record of their text is known."""
        if None in self.buffering:
            self._find_wrappers()
        self.buffering[:] = self._replacements() + _living(self._wrappers)
        _flush(self.buffering)

    def finish(self) -> None:
        logging = sys.modules.get("logging")
        if logging is not None:
            # Some handlers write only at shutdown.
            logging.shutdown()
        self._write_everything()

    def _write_everything(self) -> None:
        _flush(self._replacements() + _living(self._made_while_importing) + _file_streams())
        flush_c_output()
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
    kinds = (io.TextIOWrapper, io.BufferedWriter)
    return [stream for stream in gc.get_objects() if issubclass(type(stream), kinds)]


def _flush(streams: list[Any]) -> None:
    for stream in streams:
        try:
            stream.flush()
        except BaseException:
            # A stream may be closed, and a script's own stream may do anything; no record is left to fail.
            continue
