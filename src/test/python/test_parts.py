"""Parts of the engine that can be looked at by themselves, without any process."""

import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path
from typing import Any

from pipeline_engine.linux.processes import children
from pipeline_engine.linux.temporary_files import TemporaryFiles
from pipeline_engine.protocol.documents import cut, to_json
from pipeline_engine.protocol.pipeline import InvalidPipeline, Pipeline
from pipeline_engine.protocol.reports import ErrorReport
from pipeline_engine.protocol.result_records import (
    FAILED,
    SKIPPED,
    SUCCEEDED,
    MalformedResults,
    StageValue,
    check_records,
    result_record,
)
from pipeline_engine.scripts.user_frames import UserFrame, format_frames
from pipeline_engine.supervisor.causes import cause_of_death


def pipeline(**changes: object) -> bytes:
    stage = {"stage": "main", "script": "main.py", "source": "x"}
    return json.dumps({"steps": [{"name": "s", "stages": [stage]}]} | changes).encode()


def report(**changes: object) -> dict[str, Any]:
    """The document of an error report."""
    names = ("step", "stage", "type", "message", "traceback", "script", "line")
    return dict.fromkeys(names) | {"type": "KeyError", "message": "'x'"} | changes


class Pipelines(unittest.TestCase):
    def test_settings_have_defaults_and_may_be_fractions_where_they_are_seconds(self) -> None:
        self.assertEqual(Pipeline.parse(pipeline()).record_timeout, 60)
        self.assertEqual(Pipeline.parse(pipeline(recordTimeoutSeconds=0.25, trace="final")).record_timeout, 0.25)

    def test_whatever_breaks_a_rule_is_refused(self) -> None:
        wrong = [
            {"recordTimeoutSeconds": 0}, {"recordTimeoutSeconds": True}, {"recordTimeoutSeconds": 1e9},
            {"recordTimeoutSeconds": None}, {"recordConcurrency": 0}, {"recordConcurrency": 1.5},
            {"recordConcurrency": 100_000}, {"maxLogBytes": 2000.0}, {"maxLogBytes": -1}, {"maxResultBytes": 1 << 40},
            {"trace": "some"}, {"steps": []}, {"steps": None}, {"steps": [{"name": "s", "stages": []}]},
            {"steps": [{"name": 1, "stages": [{}]}]},
            {"steps": [{"name": "s", "stages": [{"stage": "middle", "script": "a", "source": ""}]}]},
            {"steps": [{"name": "s", "stages": [{"stage": "main", "script": "a", "source": 3}]}]},
        ]  # fmt: skip
        for changes in wrong:
            with self.subTest(changes), self.assertRaises(InvalidPipeline):
                Pipeline.parse(pipeline(**changes))
        for payload in (b"", b"[]", b"null", b"\xff", b"[" * 100_000):
            with self.subTest(payload[:10]), self.assertRaises(InvalidPipeline):
                Pipeline.parse(payload)


class ResultRecords(unittest.TestCase):
    def setUp(self) -> None:
        self.records = [
            result_record(7, SUCCEEDED, [StageValue(0, 5, b"{}"), StageValue(1, 2**40, b'{"a":1}')]),
            result_record(8, FAILED, [], b'{"type":"x"}'),
            result_record(9, SKIPPED, [StageValue(0, 1, b"{}")], b'"why"'),
        ]

    def test_whole_records_in_order_are_counted(self) -> None:
        tally = check_records(b"".join(self.records), 7, 2)

        self.assertEqual((tally.records, tally.failed, tally.skipped), (3, 1, 1))

    def test_anything_else_is_malformed(self) -> None:
        block = b"".join(self.records)
        ends = [len(b"".join(self.records[:count])) for count in range(4)]
        cases = [block[:size] for size in range(1, len(block)) if size not in ends]
        cases += [block + b"\0", self.records[1] + self.records[0], self.records[0] * 2, b"\xff" * 100, b"\0" * 100]
        cases.append(self.records[0][:8] + b"\x04" + self.records[0][9:])
        cases.append(self.records[0][:9] + b"\x03" + self.records[0][10:])
        for case in cases:
            with self.subTest(case[:30]), self.assertRaises(MalformedResults) as raised:
                check_records(case, 7, 2)
            self.assertIn(raised.exception.valid_bytes, ends)
            check_records(case[: raised.exception.valid_bytes], 7, 2)


class Reports(unittest.TestCase):
    def test_texts_are_cut_to_bytes_not_characters(self) -> None:
        for text in ("é" * 100, "\U0001f600" * 100, "\ud800" * 100, "a" * 100):
            short = cut(text, 60)
            self.assertLessEqual(len(short.encode("utf-8", "surrogatepass")), 60)
            self.assertIn("(100 characters)", short)
        self.assertEqual(cut("é" * 30, 60), "é" * 30)

    def test_reports_of_processes_that_run_user_code_are_taken_only_if_they_are_reports(self) -> None:
        good = report()
        self.assertEqual(ErrorReport.from_json(to_json(good)), ErrorReport(**good))
        self.assertEqual(ErrorReport(**good).to_json(), to_json(good))
        for wrong in (
            b"",
            b"{}",
            b"[]",
            b"[" * 100_000,
            to_json(good | {"line": "7"}),
            to_json(good | {"message": {}}),
            to_json(good | {"more": 1}),
        ):
            self.assertIsNone(ErrorReport.from_json(wrong))

    def test_numbers_and_texts_of_such_reports_are_bounded(self) -> None:
        forged = report(type="T" * 9000, message="m" * 99_000, step="s" * 99_000, line=10**4000)

        found = ErrorReport.from_json(to_json(forged))

        assert found is not None and found.step is not None
        self.assertIsNone(found.line)
        for text, limit in ((found.type, 200), (found.message, 8192), (found.step, 8192)):
            self.assertLessEqual(len(text), limit)
        for line in (True, 1.5, "1"):
            self.assertIsNone(ErrorReport.from_json(to_json(report(line=line))))
        before_the_first = ErrorReport.from_json(to_json(report(line=-1)))
        assert before_the_first is not None
        self.assertIsNone(before_the_first.line)

    def test_many_frames_are_folded(self) -> None:
        script = Pipeline.parse(pipeline()).stages[0]

        text = format_frames([UserFrame(script, 1, f"f{number}") for number in range(100)])

        self.assertIn("in f9\n    x\n  ... 80 frames left out ...\n  File", text)
        self.assertEqual(text.count("File"), 20)


class Causes(unittest.TestCase):
    def test_memory_is_to_blame_only_for_a_kill_while_there_was_none(self) -> None:
        self.assertEqual(cause_of_death(9, True).code, "OOM_KILLED")
        self.assertEqual(cause_of_death(None, True).code, "OOM_KILLED")
        for status, short in ((9, False), (11, True), (137 << 8, True), (0, True), (None, False)):
            self.assertEqual(cause_of_death(status, short).code, "SCRIPT_CRASHED")


class Children(unittest.TestCase):
    def test_the_living_ones_are_found_with_and_without_the_list_of_the_kernel(self) -> None:
        known, other, dead = (subprocess.Popen(["sleep", "60"]) for _ in range(3))
        try:
            dead.kill()
            os.waitid(os.P_PID, dead.pid, os.WEXITED | os.WNOWAIT)
            self.assertEqual(children({known.pid}), {other.pid})
            self.assertEqual(children({known.pid}, "/proc/self/no list of {}"), {other.pid})
        finally:
            for process in (known, other, dead):
                process.kill()
                process.wait()


class Files(unittest.TestCase):
    def test_only_what_was_there_stays(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            top = Path(folder)
            (top / "kept").mkdir()
            (top / "kept" / "file").write_text("x")
            files = TemporaryFiles([folder])
            files.keep_present()
            (top / "a" / "b" / "c").mkdir(parents=True)
            (top / "a" / "b" / "c" / "file").write_text("x")
            (top / "a" / "link").symlink_to("/etc")
            (top / "link").symlink_to(top / "kept")
            os.mkfifo(top / "fifo")
            (top / "a" / "b").chmod(0)
            for number in range(10):
                (top / f".cleared-{os.getpid()}-{number}").symlink_to("/etc")

            files.clear()

            self.assertEqual(sorted(path.name for path in top.iterdir()), ["kept"])
            self.assertTrue((top / "kept" / "file").exists())
            self.assertTrue(Path("/etc/passwd").exists())


if __name__ == "__main__":
    unittest.main()
