from __future__ import annotations

import unittest

from datapipeline_client.command.output import Column, table_lines
from datapipeline_client.progress import run_line, upload_line
from datapipeline_client.text import bytes_text, duration_text, fit, printable, width

COLUMNS = (Column("ID"), Column("NAME", share=1), Column("FAILED", right=True))


def run_of(**fields: object) -> dict[str, object]:
    counts = {"total": 2000, "succeeded": 900, "failed": 100, "skipped": 0, "cancelled": 0, "pending": 1000}
    return {"name": "orders", "status": "RUNNING", "records": counts, **fields}


class TextTest(unittest.TestCase):
    def test_nothing_moves_the_cursor_or_turns_the_text(self) -> None:
        self.assertEqual(printable("a\x1b[2Jb\r\nc\u202ed\x00\ud800"), "a\ufffd[2Jb  c\ufffdd\ufffd\ufffd")
        self.assertEqual(printable("Grüße 東京 🎈"), "Grüße 東京 🎈")

    def test_wide_characters_take_two_columns(self) -> None:
        self.assertEqual(width("東京"), 4)
        self.assertEqual(width("e\u0301"), 1)
        self.assertEqual(fit("東京都", 5), "東京…")
        self.assertEqual(fit("東京都", 4), "東…")
        self.assertEqual(fit("abc", 3), "abc")

    def test_amounts(self) -> None:
        self.assertEqual(
            [bytes_text(n) for n in (0, 999, 1500, 240_000_000, 5e15)], ["0 B", "999 B", "1.5 KB", "240 MB", "5000 TB"]
        )
        self.assertEqual(
            [duration_text(s) for s in (0.04, 59.4, 61, 7260)], ["0.0 s", "59 s", "1 min 1 s", "2 h 1 min"]
        )


class TableTest(unittest.TestCase):
    def test_a_table_fits_into_the_terminal(self) -> None:
        rows = [
            ["12345678", "a name that is much longer than there is room " * 3, "7"],
            ["2", "東京" * 40, "1,000,000"],
        ]

        lines = table_lines(COLUMNS, rows, 80)

        self.assertTrue(all(width(line) <= 80 for line in lines))
        self.assertEqual(max(width(line) for line in lines), 80)
        self.assertTrue(lines[1].startswith("12345678  a name"))
        self.assertTrue(lines[2].endswith("…  1,000,000"), lines[2])

    def test_a_table_is_no_wider_than_it_has_to_be(self) -> None:
        self.assertEqual(table_lines(COLUMNS, [["1", "a", "7"]], 80), ["ID  NAME  FAILED", "1   a          7"])


class ProgressTest(unittest.TestCase):
    def test_a_run_that_goes_on(self) -> None:
        line = run_line(run_of(recordsPerSecond=1234.5, etaSeconds=75), "#.")

        self.assertEqual(line, "orders  ######......  50 %  1,000/2,000  100 failed  1,234/s  1 min 15 s left")

    def test_a_usual_line_fits_into_80_columns(self) -> None:
        counts = {"total": 200_000, "succeeded": 0, "failed": 3, "skipped": 0, "cancelled": 0, "pending": 76_000}
        run = run_of(records=counts, name="capitals of the world", recordsPerSecond=45_000, etaSeconds=2)

        self.assertLess(width(run_line(run)), 80)

    def test_a_run_that_waits_for_its_packages(self) -> None:
        line = run_line(run_of(status="QUEUED", waitsFor="ENVIRONMENT", environment={"status": "BUILDING"}))

        self.assertIn("packages: building", line)

    def test_an_upload(self) -> None:
        self.assertEqual(upload_line(500_000, 1_000_000, "#."), "upload  ######......  50 %  500 KB of 1.0 MB")
        self.assertEqual(upload_line(500_000, 0), "upload  500 KB")
