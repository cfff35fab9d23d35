"""H58: what ordinary scripts do; a wall that broke these would be of no use.

record 2: SUCCEEDED
    pool of processes: works
    executors: works
    threads: works
    temporary files: works
    shared memory: works
    subprocess: works
    asyncio: works
    database: works
    compression: works
    locale and time zone: works
"""

import asyncio
import concurrent.futures
import datetime
import locale
import multiprocessing
import sqlite3
import subprocess
import tempfile
import threading
import zlib
from multiprocessing import shared_memory

from attempts import outcomes


def square(number):
    return number * number


def pool():
    with multiprocessing.Pool(2) as workers:
        return workers.map(square, range(4)) == [0, 1, 4, 9]


def executors():
    with concurrent.futures.ProcessPoolExecutor(2) as processes, concurrent.futures.ThreadPoolExecutor(4) as threads:
        return list(processes.map(square, [3])) == list(threads.map(square, [3])) == [9]


def threads():
    done = []
    workers = [threading.Thread(target=done.append, args=(number,)) for number in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return len(done) == 8


def temporary_files():
    with tempfile.TemporaryDirectory() as folder, tempfile.NamedTemporaryFile(dir=folder) as file:
        return file.write(b"abc") == 3


def shared():
    block = shared_memory.SharedMemory(create=True, size=1000)
    block.buf[0] = 7
    same = shared_memory.SharedMemory(block.name)
    read = same.buf[0]
    same.close()
    block.close()
    block.unlink()
    return read == 7


def child():
    return subprocess.run("echo abc | cat", shell=True, capture_output=True, check=True).stdout == b"abc\n"


async def sleepers():
    await asyncio.gather(*(asyncio.sleep(0.01) for _ in range(20)))
    process = await asyncio.create_subprocess_exec("true")
    return await process.wait() == 0


def database():
    with sqlite3.connect(":memory:") as connection:
        return connection.execute("select 6 * 7").fetchone() == (42,)


USES = {
    "pool of processes": pool,
    "executors": executors,
    "threads": threads,
    "temporary files": temporary_files,
    "shared memory": shared,
    "subprocess": child,
    "asyncio": lambda: asyncio.run(sleepers()),
    "database": database,
    "compression": lambda: zlib.decompress(zlib.compress(b"x" * 100_000)) == b"x" * 100_000,
    "locale and time zone": lambda: bool(locale.localeconv() and datetime.datetime.now().astimezone().tzinfo),
}


def transform(record):
    if record["n"] == 2:
        record["answers"] = outcomes({name: lambda u=use: "works" if u() else "is wrong" for name, use in USES.items()})
    return record
