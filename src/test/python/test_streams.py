"""Whatever a script writes to its standard streams, by whatever object, reaches the log with the right index."""

import unittest

from engine_service import EngineService, script

PASSING = "def transform(record):\n    return record\n"

# What a script does while it is imported, and what it does with each record.
WAYS = {
    "a logger configured while importing": (
        "import logging\nlogging.basicConfig(format='%(message)s')\n", "logging.warning('out %d', n)"),
    "a handler on standard output": (
        "import logging, sys\nlog = logging.getLogger('x')\nlog.addHandler(logging.StreamHandler(sys.stdout))\n",
        "log.error('out %d', n)"),
    "a stream that was kept": ("import sys\nkept = sys.stdout\n", "print('out', n, file=kept)"),
    "a default argument": ("import sys\ndef say(x, to=sys.stderr): to.write(x)\n", "say(f'out {n}\\n')"),
    "the streams' first names": ("import sys\n", "print('out', n, file=[sys.__stdout__, sys.__stderr__][n % 2])"),
    "a bound method": ("import sys\nwrite = sys.stdout.write\n", "write(f'out {n}\\n')"),
    "bytes": ("import sys\n", "sys.stdout.buffer.write(b'out %d\\n' % n)"),
    "bytes kept": ("import sys\nkept = sys.stdout.buffer\n", "kept.write(bytearray(b'out %d\\n' % n))"),
    "the descriptor": ("import os\n", "os.write(1 + n % 2, b'out %d\\n' % n)"),
    "a wrapper at the top": (
        "import io, sys\nsys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding='latin-1')\n", "print('out', n)"),
    "a wrapper that is no standard stream": (
        "import io, sys\nout = io.TextIOWrapper(sys.stdout.buffer)\n", "print('out', n, file=out)"),
    "a wrapper for every record": (
        "import io, sys\n",
        "sys.stdout = io.TextIOWrapper(sys.__stdout__.buffer, line_buffering=False); print('out', n)"),
    "a detached buffer": (
        "import io, sys\nsys.stdout = io.TextIOWrapper(sys.stdout.detach(), 'utf-8')\n", "print('out', n)"),
    "a codec": (
        "import codecs, sys\nsys.stdout = codecs.getwriter('utf-8')(sys.stdout.buffer)\n", "print('out', n)"),
    "a buffer in front of the buffer": (
        "import io, sys\nout = io.BufferedWriter(sys.stdout.buffer)\n", "out.write(b'out %d\\n' % n)"),
    "a redirection": (
        "import contextlib, io, sys\n",
        "with contextlib.redirect_stdout(io.TextIOWrapper(sys.stdout.buffer)): print('out', n)"),
    "a redirection to standard error": (
        "import contextlib, sys\n", "with contextlib.redirect_stdout(sys.stderr): print('out', n)"),
    "a thread": (
        "import threading\n",
        "t = threading.Thread(target=print, args=('out', n)); t.start(); t.join()"),
    "a thread below threading": (
        "import _thread\nfrom queue import SimpleQueue\nqueue = SimpleQueue()\n",
        "_thread.start_new_thread(lambda: queue.put(print('out', n)), ()); queue.get()"),
    "a pool of threads": (
        "from concurrent.futures import ThreadPoolExecutor\n",
        "with ThreadPoolExecutor() as pool: list(pool.map(lambda x: print('out', n), [1]))"),
    "a process": (
        "import multiprocessing\ncontext = multiprocessing.get_context('fork')\n",
        "p = context.Process(target=print, args=('out', n)); p.start(); p.join()"),
    "a fork": (
        "import os\n",
        "child = os.fork() or print('out', n, end='') or os._exit(0); os.waitpid(child, 0)"),
    "a line in pieces": ("import sys\n", "print('ou', end=''); sys.stdout.buffer.write(b't '); print(n, flush=True)"),
    "an exception that nobody can catch": (
        "class Loud:\n    def __del__(self): print('out', self.n)\n", "loud = Loud(); loud.n = n; del loud"),
    "other settings": (
        "import sys\nsys.stdout.reconfigure(encoding='utf-16', line_buffering=False, write_through=False)\n",
        "print('out', n)"),
}  # fmt: skip

# What arrives, though nobody can tell of which record it is.
UNMARKED_WAYS = {
    "a subprocess": ("import subprocess\n", "subprocess.run(['/bin/echo', 'out', str(n)])"),
    "a C library": (
        "import ctypes\nlibc = ctypes.CDLL(None)\n", "libc.printf(b'out %d' + b'\\n' * (n != 3), n)"),
    "a file in place of the stream": (
        "import sys\nsys.stdout = open(1, 'w', closefd=False)\n", "print('out', n)"),
    "a file made anew": ("import os\n", "globals().setdefault('out', os.fdopen(os.dup(1), 'w')).write(f'out {n}\\n')"),
    "a handler that waits for the end": (
        "import logging.handlers, sys\n"
        "log = logging.getLogger('x')\n"
        "log.addHandler(logging.handlers.MemoryHandler(99, logging.CRITICAL, logging.StreamHandler(sys.stdout)))\n",
        "log.error('out %d', n)"),
}  # fmt: skip


class Streams(unittest.TestCase):
    def setUp(self) -> None:
        self.engine = EngineService()
        self.addCleanup(self.engine.close)

    def log_of(self, importing: str, body: str, **settings) -> str:
        source = f"{importing}def transform(record):\n    n = record['n']\n    {body}\n    return record\n"
        with EngineService() as engine:
            engine.load(source, **settings)
            outcomes = [engine.run([{"n": n} for n in range(first, first + 2)], base=first) for first in (0, 2)]
        for outcome in outcomes:
            self.assertEqual(outcome.statuses, ["SUCCEEDED"] * 2, outcome.results)
        return "".join(outcome.log for outcome in outcomes)

    def test_every_way_of_writing_has_the_index_of_its_record(self) -> None:
        for name, way in WAYS.items():
            with self.subTest(name):
                self.assertEqual(self.log_of(*way), "".join(f"#{n} out {n}\n" for n in range(4)))

    def test_what_cannot_be_told_apart_arrives_without_an_index(self) -> None:
        for name, way in UNMARKED_WAYS.items():
            with self.subTest(name):
                lines = self.log_of(*way).splitlines()
                self.assertEqual(lines, [f"out {n}" for n in range(4)])

    def test_several_records_in_flight_never_get_the_index_of_another(self) -> None:
        for name in ("a logger configured while importing", "bytes kept", "a thread", "a wrapper at the top"):
            with self.subTest(name):
                log = self.log_of(*WAYS[name], recordConcurrency=3)
                for line in log.splitlines():
                    self.assertRegex(line, r"^(#(\d) )?out (?(2)\2|\d)$")
                self.assertEqual(len(log.splitlines()), 4)

    def test_async_records_are_told_apart(self) -> None:
        self.engine.load(
            "import asyncio, logging\nlogging.basicConfig(format='%(message)s')\n"
            "async def transform(record):\n    await asyncio.sleep(0)\n    logging.error('out')\n"
            "    await asyncio.to_thread(print, 'thread')\n    return record\n",
            recordConcurrency=2,
        )

        log = self.engine.run([{}, {}]).log

        self.assertEqual(sorted(log.splitlines()), ["#0 out", "#0 thread", "#1 out", "#1 thread"])

    def test_threads_and_processes_of_nobody_or_of_an_earlier_record_get_no_wrong_index(self) -> None:
        self.engine.load(
            script("""
            import threading
            from concurrent.futures import ThreadPoolExecutor
            from queue import SimpleQueue
            pool = ThreadPoolExecutor(1)
            asked, answered = SimpleQueue(), SimpleQueue()
            def listen():
                while True:
                    answered.put(print(asked.get()))
            def setup():
                threading.Thread(target=listen, daemon=True).start()
            def transform(record):
                asked.put('listener')
                answered.get()
                pool.submit(print, 'pool').result()
                return record
        """)
        )

        self.assertEqual(self.engine.run([{}, {}]).log, "listener\n#0 pool\nlistener\npool\n")

    def test_the_streams_are_text_streams(self) -> None:
        self.engine.load(
            script("""
            import io, sys
            def transform(record):
                found = {}
                for out in (sys.stdout, sys.stderr):
                    assert isinstance(out, io.TextIOWrapper)
                    for name in ('encoding', 'errors', 'newlines', 'line_buffering', 'name', 'mode', 'closed'):
                        found[name] = getattr(out, name)
                    found['calls'] = [out.readable(), out.writable(), out.seekable(), out.isatty(), out.fileno() > 0]
                    for call in (out.read, out.readline, out.tell, lambda: out.seek(0), lambda: next(out)):
                        try:
                            call()
                        except OSError:
                            continue
                        raise AssertionError(call)
                    out.flush()
                    out.buffer.flush()
                    out.buffer.raw.fileno()
                    out.writelines(['a', 'b\\n'])
                    assert out.write('é\\n') == 2
                    assert out.buffer.write('é\\n'.encode()) == 3
                    out.close()
                    print('after', file=out)
                return found
        """)
        )

        outcome = self.engine.run([{}])

        self.assertEqual(outcome.statuses, ["SUCCEEDED"], outcome.results)
        self.assertEqual(outcome.log, "#0 ab\n#0 é\n#0 é\n#0 after\n" * 2)
        self.assertEqual(outcome.finals[0]["calls"], [False, True, False, False, True])
        self.assertEqual([outcome.finals[0][name] for name in ("encoding", "mode", "closed")], ["utf-8", "w", False])

    def test_what_a_script_catches_at_the_descriptor_is_what_it_wrote(self) -> None:
        self.engine.load(
            script("""
            import os, tempfile
            def transform(record):
                with tempfile.TemporaryFile() as caught:
                    before = os.dup(1)
                    os.dup2(caught.fileno(), 1)
                    print('caught', end=' ')
                    os.write(1, b'too')
                    os.dup2(before, 1)
                    os.close(before)
                    print('logged')
                    caught.seek(0)
                    return {'text': caught.read().decode()}
        """)
        )

        outcome = self.engine.run([{}])

        self.assertEqual((outcome.finals, outcome.log), ([{"text": "caught too"}], "#0 logged\n"))

    def test_a_descriptor_that_does_not_wait_or_is_closed_costs_no_record(self) -> None:
        self.engine.load(
            script("""
            import os
            def transform(record):
                os.set_blocking(1, False)
                for _ in range(100):
                    print('x' * 10_000)
                print('y', end='')
                if record['n'] == 1:
                    os.close(1)
                return record
        """)
        )

        self.assertEqual(self.engine.run([{"n": 0}, {"n": 1}]).statuses, ["SUCCEEDED"] * 2)

    def test_a_stream_that_cannot_be_flushed_costs_nothing_but_its_text(self) -> None:
        self.engine.load(
            script("""
            import io, sys
            class Broken(io.StringIO):
                def flush(self):
                    raise SystemExit('broken')
            def transform(record):
                sys.stdout = Broken()
                print('lost')
                return record
        """)
        )

        self.assertEqual(self.engine.run([{}, {}]).statuses, ["SUCCEEDED"] * 2)


if __name__ == "__main__":
    unittest.main()
