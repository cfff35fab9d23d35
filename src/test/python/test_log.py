"""What scripts print: with the index of their record, complete while it is small, bounded however much it is."""

import unittest

from pipeline_engine.protocol.batch_log import BatchLog

from engine_service import EngineService, script
from process_table import peak_memory


class Printing(unittest.TestCase):
    def setUp(self) -> None:
        self.engine = EngineService()
        self.addCleanup(self.engine.close)

    def log_of(self, body: str, records: int = 1, base: int = 0, **settings) -> str:
        self.engine.load(
            f"import logging, os, subprocess, sys, warnings\ndef transform(record):\n    {body}\n    return record\n",
            **settings,
        )
        outcome = self.engine.run([{"n": n} for n in range(records)], base=base)
        self.assertEqual(outcome.statuses, ["SUCCEEDED"] * records, outcome.results[:1])
        return outcome.log

    def test_lines_begin_with_the_index_of_their_record_in_the_dataset(self) -> None:
        log = self.log_of("print('hello', record['n']); print('a\\nb', file=sys.stderr)", records=2, base=40)

        self.assertEqual(log, "#40 hello 0\n#40 a\n#40 b\n#41 hello 1\n#41 a\n#41 b\n")

    def test_lines_that_are_never_ended_are_kept(self) -> None:
        self.assertEqual(self.log_of("print(record['n'], end='')", records=3), "#0 0\n#1 1\n#2 2\n")

    def test_logging_and_warnings_arrive(self) -> None:
        log = self.log_of("logging.error('oh'); warnings.warn('careful')")

        self.assertIn("#0 ERROR:root:oh\n" if "ERROR:root" in log else "#0 oh\n", log)
        self.assertIn("UserWarning: careful", log)

    def test_output_below_python_arrives_too(self) -> None:
        log = self.log_of(
            "os.write(1, b'raw\\n'); sys.stdout.buffer.write(b'bytes\\n');"
            " subprocess.run(['/bin/echo', 'from a process'])"
        )

        self.assertEqual(log, "#0 raw\n#0 bytes\nfrom a process\n")

    def test_text_that_is_no_text_is_shown_somehow(self) -> None:
        log = self.log_of("print('\\ud800é\U0001f600\\x1b[31m'); os.write(2, b'\\xff\\xc3\\n')")

        self.assertEqual(log, "#0 \\ud800é\U0001f600\x1b[31m\n#0 \ufffd\ufffd\n")

    def test_standard_input_is_empty(self) -> None:
        self.assertEqual(self.log_of("print(repr(sys.stdin.read()), repr(os.read(0, 10)))"), "#0 '' b''\n")

    def test_the_streams_can_be_used_as_scripts_do(self) -> None:
        log = self.log_of(
            "sys.stdout.reconfigure(line_buffering=True); sys.stdout.writelines(['x\\n']); sys.stdout.flush();"
            " print(sys.stdout.fileno(), sys.stdout.isatty(), sys.stdout.encoding, sys.stderr.fileno())"
        )

        self.assertEqual(log, "#0 x\n#0 1 False utf-8 2\n")

    def test_the_last_words_before_a_death_are_there(self) -> None:
        self.engine.load(
            script("""
            import os
            def transform(record):
                print('last words')
                os._exit(1)
        """)
        )

        self.assertEqual(self.engine.run([{}]).log, "#0 last words\n")

    def test_a_flood_leaves_head_and_tail_and_costs_the_engine_no_memory(self) -> None:
        self.engine.load(
            script("""
                def transform(record):
                    print('head')
                    for _ in range(3000):
                        print('x' * 99_999)
                    print('tail')
                    return record
            """),
            maxLogBytes=10_000,
        )

        log = self.engine.run([{}]).log

        self.assertTrue(log.startswith("#0 head\n#0 xxx"), log[:30])
        self.assertTrue(log.endswith("x\n#0 tail\n"), log[-30:])
        self.assertIn(" bytes left out ...\n", log)
        self.assertLess(len(log), 10_100)
        self.assertLess(peak_memory(self.engine.process.pid), 60 << 20)

    def test_one_line_of_a_gigabyte_costs_the_engine_no_memory(self) -> None:
        body = "for _ in range(1000): __import__('posix').write(1, b'y' * 1_000_000)"

        log = self.log_of(body, maxLogBytes=10_000)

        self.assertIn("... 999,990,000 bytes left out ...", log)
        self.assertLess(peak_memory(self.engine.process.pid), 60 << 20)

    def test_closing_the_streams_harms_only_the_batch(self) -> None:
        self.log_of("os.closerange(0, 3)", records=3)

        self.assertEqual(self.engine.run([{"n": 1}]).statuses, ["SUCCEEDED"])


class Bounds(unittest.TestCase):
    def collect(self, limit: int, pieces: list[bytes]) -> str:
        log = BatchLog(limit)
        return (b"".join(log.feed(piece) for piece in pieces) + log.finish()).decode()

    def test_nothing_is_left_out_up_to_the_limit(self) -> None:
        for size in (1, 3, 7, 100):
            data = bytes(range(33, 123)) + b"0123456789"
            pieces = [data[at : at + size] for at in range(0, 100, size)]
            self.assertEqual(self.collect(100, pieces), data.decode())

    def test_what_is_left_out_is_counted_exactly(self) -> None:
        for size in (1, 3, 50, 1000):
            data = (b"abcdefghij" * 100)[:1000]
            text = self.collect(100, [data[at : at + size] for at in range(0, 1000, size)])
            self.assertEqual(text, data[:50].decode() + "\n... 900 bytes left out ...\n" + data[-50:].decode())

    def test_characters_cut_in_two_do_not_spoil_the_text(self) -> None:
        for limit in range(20, 40):
            text = self.collect(limit, ["é\U0001f600".encode() * 50])
            self.assertNotIn("\ufffd", text[: limit // 2 - 3])
            text.encode()
        self.assertEqual(
            self.collect(
                100,
                [
                    piece
                    for character in "é\U0001f600" * 3
                    for piece in (character.encode()[:1], character.encode()[1:])
                ],
            ),
            "é\U0001f600" * 3,
        )


if __name__ == "__main__":
    unittest.main()
