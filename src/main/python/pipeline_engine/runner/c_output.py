"""Output of C libraries, which the C library would keep back until the process ends properly; ours never does."""

import ctypes

_LINE_BY_LINE = 1

_libc = ctypes.CDLL(None)


def write_c_output_by_line() -> None:
    """Have C code's standard output written as soon as a line ends, also where it is a pipe."""
    try:
        stdout = ctypes.c_void_p.in_dll(_libc, "stdout")
    except ValueError:
        # A C library that names it otherwise.
        return
    _libc.setvbuf(stdout, None, _LINE_BY_LINE, ctypes.c_size_t(0))


def flush_c_output() -> None:
    """Write what C code has not ended with a line feed."""
    _libc.fflush(None)
