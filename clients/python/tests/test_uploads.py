from __future__ import annotations

import io
import json
import os
import tempfile
import threading
import unittest
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from datapipeline_client.errors import InvalidInput
from datapipeline_client.files.first_records import first_records
from datapipeline_client.files.uploads import content_type_of, upload_of


def bytes_of(source: Any) -> bytes:
    upload = upload_of(source)
    try:
        return b"".join(upload.body.pieces())
    finally:
        upload.body.close()


class RecordsTest(unittest.TestCase):
    def test_values_keep_their_digits_and_letters(self) -> None:
        records = [{"n": 10**40, "x": 0.1, "t": "Grüße 🎈\n", "none": None, "l": [True, {}]}]

        sent = bytes_of(iter(records))

        self.assertEqual([json.loads(line) for line in sent.splitlines()], records)
        self.assertIn("Grüße 🎈".encode(), sent)

    def test_half_of_a_surrogate_pair_is_escaped(self) -> None:
        self.assertEqual(bytes_of([{"t": "\ud800"}]), b'{"t":"\\ud800"}\n')

    def test_what_json_does_not_have_is_refused_with_its_place(self) -> None:
        for value in (float("nan"), float("inf"), {1, 2}, b"x", object()):
            with self.subTest(value=value), self.assertRaisesRegex(InvalidInput, "Record 1 cannot be written"):
                bytes_of([{"ok": 1}, {"v": value}])

    def test_what_is_no_record_is_refused(self) -> None:
        with self.assertRaisesRegex(InvalidInput, "Record 0 is a list"):
            bytes_of([[1, 2]])
        for source in ({"one": "record"}, 7, None):
            with self.subTest(source=source), self.assertRaisesRegex(InvalidInput, "A dataset is a path"):
                upload_of(source)

    def test_an_iterator_is_asked_for_as_much_as_is_sent(self) -> None:
        taken = 0

        def endless() -> Iterator[dict[str, Any]]:
            nonlocal taken
            while True:
                taken += 1
                yield {"text": "x" * 1000}

        upload = upload_of(endless())
        next(upload.body.pieces())
        upload.body.close()

        self.assertLess(taken, 1000)


class FileTest(unittest.TestCase):
    def test_the_type_follows_from_the_name(self) -> None:
        for name, expected in (
            ("a.json", "application/json"),
            ("a.JSONL", "application/x-ndjson"),
            ("a.csv.gz", "text/csv"),
            ("a.tsv", "application/octet-stream"),
            ("a.parquet", "application/octet-stream"),
            ("csv", "application/octet-stream"),
        ):
            with self.subTest(name=name):
                self.assertEqual(content_type_of(name), expected)

    def test_what_is_no_file_is_refused(self) -> None:
        for path, reason in (("/nowhere/at/all.csv", "No such file"), ("/tmp", "is a folder")):
            with self.subTest(path=path), self.assertRaisesRegex(InvalidInput, reason):
                upload_of(path)

    def test_a_pipe_is_read_to_its_end_and_can_be_sent_again(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "pipe")
            os.mkfifo(path)
            writer = threading.Thread(target=path.write_bytes, args=(b'{"a": 1}\n',))
            writer.start()
            upload = upload_of(path)
            first, second = b"".join(upload.body.pieces()), b"".join(upload.body.pieces())
            writer.join()
            upload.body.close()

        self.assertEqual((first, second), (b'{"a": 1}\n', b'{"a": 1}\n'))

    def test_a_file_of_text_is_refused(self) -> None:
        with self.assertRaisesRegex(InvalidInput, "binary mode"):
            bytes_of(io.StringIO("{}"))


class FirstRecordsTest(unittest.TestCase):
    def test_lists_lines_and_objects(self) -> None:
        expected = [{"n": 0}, {"n": "ü"}]
        for text in (
            '[{"n":0}, {"n":"ü"}, {"n":2}]',
            '{"n":0}\n\n{"n":"ü"}\r\n{"n":',
            '\ufeff [ {"n":0} ,\n{"n":"ü"}]',
        ):
            with self.subTest(text=text):
                self.assertEqual(first_records(io.BytesIO(text.encode()), 2), expected)

    def test_no_more_is_read_than_needed(self) -> None:
        file = io.BytesIO(b'{"n": 1}\n' * 1_000_000)

        self.assertEqual(len(first_records(file, 3)), 3)
        self.assertLess(file.tell(), 100_000)

    def test_a_record_that_is_larger_than_a_piece(self) -> None:
        record = {"text": "é" * 300_000}

        self.assertEqual(first_records(io.BytesIO(json.dumps(record, ensure_ascii=False).encode()), 5), [record])

    def test_other_files_are_refused_with_what_to_do(self) -> None:
        for content, reason in ((b"a,b\n1,2\n", "datasets upload"), (b"", "no record"), (b"[1]", "no JSON object")):
            with self.subTest(content=content), self.assertRaisesRegex(InvalidInput, reason):
                first_records(io.BytesIO(content), 5)
        with self.assertRaisesRegex(InvalidInput, "not UTF-8"):
            first_records(io.BytesIO(b"\xff\xfe{\x00}\x00"), 5)
