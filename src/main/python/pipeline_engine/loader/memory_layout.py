"""Where the interpreter puts new objects: after imports, in the gaps that freed ones have left all over the memory.

A batch process copies each page in which it makes an object. Once the gaps are filled, new objects lie side by side.
What is done here relies on how CPython and the C library allocate memory. With others it is of no use and does no harm.
"""

import ctypes

_POOL_BYTES = 16_384
_POOL_HEAD_BYTES = 48
"""CPython takes small objects of one size from a pool of its own; the first one lies behind the head of the pool."""

_SMALLEST_FILLERS = ((16, object), (32, complex))
_BYTES_HEAD = 33
_STEP = 16
_SMALL_LIMIT = 512
_LARGE_SIZES = (65_536, 32_768, 16_384, 8192, 4096, 2048, *range(1040, 8, -_STEP))
"""What the C library is asked for: everything from its largest gaps to its smallest."""

_MOST_BYTES = 262_144
"""Of one size; where memory is allocated in another way, there is no telling when to stop."""

_TRIES = 16
"""The highest of so many large blocks lies above all gaps."""

_fillers: list[object] = [None]

_allocate = ctypes.CDLL(None).malloc
_allocate.restype = ctypes.c_size_t
_allocate.argtypes = [ctypes.c_size_t]


def fill_gaps() -> None:
    """Use up the gaps between the objects that are there now."""
    for size in range(_STEP, _SMALL_LIMIT + 1, _STEP):
        _fill_pools(size)
    top = max(_allocate(_LARGE_SIZES[0]) for _ in range(_TRIES))
    for size in _LARGE_SIZES:
        for _ in range(_MOST_BYTES // size):
            if _allocate(size) > top:
                break


def _fill_pools(size: int) -> None:
    smallest = dict(_SMALLEST_FILLERS).get(size)
    for _ in range(_MOST_BYTES // size):
        before = id(_fillers[-1])
        _fillers.append(smallest() if smallest is not None else bytes(size - _BYTES_HEAD))
        # The first two of a new pool; the first one alone may be a gap.
        if before % _POOL_BYTES == _POOL_HEAD_BYTES and id(_fillers[-1]) == before + size:
            return
