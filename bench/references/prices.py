"""What memory and processes cost on this machine: prints the prices as JSON.

usage: python3 prices.py

Each is the median of several measurements. `page` and `copy` are seconds for one page fault: in memory that was never
used, and in memory that a fork shares. `fork` is a fork of a Python that has imported nothing, its end and the wait.
"""

import json
import mmap
import os
from collections.abc import Callable
from statistics import median
from time import perf_counter

PAGES = 4000
FORKS = 40
MEASUREMENTS = 5


def seconds(work: Callable[[], object]) -> float:
    """How long the work takes."""
    began = perf_counter()
    work()
    return perf_counter() - began


def touch(memory: mmap.mmap) -> None:
    """Write to every page."""
    for at in range(0, len(memory), mmap.PAGESIZE):
        memory[at] = 1


def page_fault(memory: mmap.mmap) -> float:
    """Seconds for the page fault of one page, without those for writing to it."""
    return (seconds(lambda: touch(memory)) - seconds(lambda: touch(memory))) / PAGES


def new_page() -> float:
    """Seconds for a page that was never used."""
    with mmap.mmap(-1, PAGES * mmap.PAGESIZE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS) as memory:
        return page_fault(memory)


def copied_page() -> float:
    """Seconds for a page that a fork shares with its parent and writes to."""
    result, result_end = os.pipe()
    with mmap.mmap(-1, PAGES * mmap.PAGESIZE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS) as memory:
        touch(memory)
        child = os.fork()
        if not child:
            os.write(result_end, json.dumps(page_fault(memory)).encode())
            os._exit(0)
        os.waitpid(child, 0)
    os.close(result_end)
    with os.fdopen(result) as answer:
        return float(json.load(answer))


def fork() -> None:
    """Fork a process that ends at once, and wait for it."""
    child = os.fork()
    if not child:
        os._exit(0)
    os.waitpid(child, 0)


def forks() -> float:
    """Seconds for one fork."""
    return seconds(lambda: [fork() for _ in range(FORKS)]) / FORKS


def main() -> None:
    """Print the prices."""
    prices = {"page": new_page, "copy": copied_page, "fork": forks}
    print(json.dumps({name: median(measure() for _ in range(MEASUREMENTS)) for name, measure in prices.items()}))


if __name__ == "__main__":
    main()
