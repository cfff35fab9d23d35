"""Standard output and error of scripts, and whatever scripts put in front of them.

`RecordText` keeps nothing back, but a stream that a script makes does: it has to be flushed at the end of the record,
so that its lines get the index of that record, and at the end of the batch, because the process then ends without the
cleaning up of the interpreter.
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
    """Both streams, made before the scripts are imported, so that what keeps them while importing is right later.

    `kept_back` is empty as long as no stream of a script may keep text back; else `end_record` has to be called at the
    end of every record.
    """

    def __init__(self, current: CurrentRecord, open_lines: int) -> None:
        self.current = current
        self.kept_back: list[Any] = []
        self._wrappers: list[ref[Any]] = []
        self._made_while_importing: list[ref[Any]] = []
        self._outputs = [
            RecordOutput(descriptor, self._prefix, open_lines, self._note_wrapped) for descriptor in (1, 2)
        ]
        self._texts = [RecordText(output) for output in self._outputs]
        self.kept_back.clear()

    def _prefix(self) -> bytes:
        # A stream in front of these mixes what several records write, so none of it gets an index.
        return b"" if self.kept_back and self.current.is_one_of_several else self.current.prefix()

    def _note_wrapped(self) -> None:
        self.kept_back.append(None)

    def install(self) -> None:
        """Become the streams of this process and of its forks, by every name that they have."""
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
        """Once the scripts are imported, before the objects of the process are frozen and can no longer be found."""
        self._find_wrappers()
        self._made_while_importing = [ref(stream) for stream in _file_streams() if stream not in self._texts]
        self._write_everything()

    def begin_batch(self) -> None:
        """In the fork that becomes a batch process."""
        self.current.begin_batch()
        self.look()

    def look(self) -> None:
        """Now and then: see whether a script has replaced a stream by one that does not write to these."""
        if not self.kept_back and self._replacements():
            self.kept_back.append(None)

    def end_record(self) -> None:
        """Flush what keeps text back, while it is known whose text it is."""
        if None in self.kept_back:
            self._find_wrappers()
        self.kept_back[:] = self._replacements() + _living(self._wrappers)
        _flush(self.kept_back)

    def finish(self) -> None:
        """At the end of the batch: write all that is kept back anywhere."""
        logging = sys.modules.get("logging")
        if logging is not None:
            # Some handlers hand on what they have only then.
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
    """Streams that may keep back what was written to them, of those made since the objects were frozen."""
    kinds = (io.TextIOWrapper, io.BufferedWriter)
    return [stream for stream in gc.get_objects() if issubclass(type(stream), kinds)]


def _flush(streams: list[Any]) -> None:
    for stream in streams:
        try:
            stream.flush()
        except BaseException:
            # It may be closed, and a script's own stream may do anything; there is no record left to fail.
            continue
