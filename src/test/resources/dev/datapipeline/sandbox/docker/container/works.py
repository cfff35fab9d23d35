"""Tries what a sandbox must allow, and adds the answers to the record."""

import asyncio
import concurrent.futures
import multiprocessing
import os
import shutil
import sqlite3
import subprocess
import tempfile
import threading
from multiprocessing import shared_memory


def square(number):
    return number * number


def threads():
    done = []
    workers = [threading.Thread(target=done.append, args=(number,)) for number in range(5)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return len(done) == 5


def process_pool():
    context = multiprocessing.get_context("fork")
    with context.Pool(2) as pool:
        return pool.map(abs, [-1, -2]) == [1, 2]


def executor():
    context = multiprocessing.get_context("fork")
    with concurrent.futures.ProcessPoolExecutor(2, mp_context=context) as pool:
        return list(pool.map(abs, [-3])) == [3]


def shared():
    block = shared_memory.SharedMemory(create=True, size=1000)
    block.close()
    block.unlink()
    return True


def files():
    with tempfile.TemporaryDirectory() as folder:
        with open(folder + "/a", "w") as file:
            file.write("x")
        shutil.copy2(folder + "/a", folder + "/b")
        os.mkfifo(folder + "/pipe")
        return sorted(os.listdir(folder)) == ["a", "b", "pipe"]


def child():
    return subprocess.run(["sh", "-c", "echo hello | cat"], capture_output=True, check=True).stdout == b"hello\n"


def event_loop():
    async def wait():
        process = await asyncio.create_subprocess_exec("true")
        return await process.wait()

    return asyncio.run(wait()) == 0


def database():
    with sqlite3.connect("/tmp/probe.db") as connection:
        connection.execute("create table t (a)")
    os.remove("/tmp/probe.db")
    return True


def works():
    uses = (threads, process_pool, executor, shared, files, child, event_loop, database)
    answers = {}
    for use in uses:
        try:
            answers[use.__name__] = "yes" if use() else "wrong"
        except Exception as error:
            answers[use.__name__] = repr(error)
    return answers


def transform(record):
    return record | {"works": works()}
