"""Buffered output of C code, which is lost when a process ends by `os._exit` as batch processes do."""

import ctypes

_LINE_BY_LINE = 1

_libc = ctypes.CDLL(None)
_flush_all = _libc.fflush


def write_c_output_by_line() -> None:
    try:
        stdout = ctypes.c_void_p.in_dll(_libc, "stdout")
    except ValueError:
        # A C library that uses another name.
        return
    _libc.setvbuf(stdout, None, _LINE_BY_LINE, ctypes.c_size_t(0))


def flush_c_output() -> None:
    _flush_all(None)
