"""What the client does with a service that does what it should."""

from __future__ import annotations

import importlib.util
import tempfile
import time
import unittest
import zipfile
from pathlib import Path
from uuid import UUID

from datapipeline_client import Client, Conflict, InvalidInput, NotFound, RequestRefused, VersionConflict, WaitTimedOut
from tests.service.shared import AS_IT_IS, CAPITALS, CAPITALS_DATA, ODD_ONES_FAIL, pipeline_of, shared_service

HAS_PANDAS = importlib.util.find_spec("pandas") is not None
SLOW = pipeline_of("import time\ndef transform(record):\n    time.sleep(1)\n    return record\n", "slow")


class ServiceTestCase(unittest.TestCase):
    def setUp(self) -> None:
        self.client = Client(shared_service().url)


class RunTest(ServiceTestCase):
    def test_a_folder_and_a_file(self) -> None:
        run = self.client.run(CAPITALS, CAPITALS_DATA, batch_size=10, name="from Python")

        self.assertEqual((run.status, run.name), ("PARTIAL", "from Python"))
        self.assertEqual(run.counts, (62, 59, 2, 1, 0, 0))
        first = next(iter(run.results()))
        self.assertEqual((first["country"], first["validation_status"]), ("Italy", "VALID"))
        (failure,) = run.failures()
        self.assertEqual((failure["type"], failure["count"]), ("KeyError", 2))
        self.assertEqual([record["error"]["type"] for record in run.records("FAILED")], ["KeyError"] * 2)
        self.assertEqual(sum(skip["count"] for skip in run.skips()), 1)

    def test_records_of_an_iterator_come_back_in_their_order(self) -> None:
        run = self.client.run(AS_IT_IS, ({"n": n} for n in range(3000)), watch=False).wait()

        self.assertEqual(run.status, "SUCCEEDED")
        self.assertEqual(run.results().to_list(), [{"n": n} for n in range(3000)])
        self.assertEqual([record["raw"]["n"] for record in run.records()], list(range(3000)))

    def test_a_dataset_that_is_there_already(self) -> None:
        dataset = self.client.datasets.upload([{"n": 1}], "one")
        run = self.client.run(AS_IT_IS, UUID(dataset["id"]))

        self.assertEqual(run.results().to_list(), [{"n": 1}])
        with self.assertRaises(Conflict):
            self.client.datasets.delete(dataset["id"])
        run.delete()
        self.client.datasets.delete(dataset["id"])
        with self.assertRaises(NotFound):
            self.client.datasets.get(dataset["id"])

    def test_a_corrected_pipeline_runs_what_failed(self) -> None:
        run = self.client.run(ODD_ONES_FAIL, [{"n": n} for n in range(10)])
        self.assertEqual(run.counts.failed, 5)
        cause = run.failures()[0]["id"]
        run.retry(AS_IT_IS | {"steps": [{**AS_IT_IS["steps"][0]}]}, cause=cause)

        self.assertEqual((run.status, run.counts.succeeded), ("SUCCEEDED", 10))
        with self.assertRaises(Conflict):
            run.retry()

    def test_a_run_is_cancelled(self) -> None:
        run = self.client.run(SLOW, [{"n": n} for n in range(100)], batch_size=1, watch=False)
        with self.assertRaises(WaitTimedOut):
            run.wait(0.5)
        run.cancel()

        self.assertEqual(run.wait().status, "CANCELLED")
        self.assertTrue(run.is_over)

    def test_runs_are_found(self) -> None:
        run = self.client.run(AS_IT_IS, [{"n": 1}], name="needle in a haystack")

        self.assertEqual([found.id for found in self.client.runs(q="needle in a hay")], [run.id])
        self.assertEqual(self.client.get_run(run.id[:8]).id, run.id)
        self.assertEqual(self.client.get_run("latest").id, run.id)
        with self.assertRaises(InvalidInput):
            self.client.get_run("ffffffff")

    def test_a_trial(self) -> None:
        trial = self.client.try_(ODD_ONES_FAIL, ({"n": n} for n in range(3)))

        self.assertEqual(trial.values, [{"n": 0}, {"n": 2}])
        self.assertEqual([record["error"]["message"] for record in trial.failed], ["odd"])
        with self.assertRaises(InvalidInput):
            self.client.try_(AS_IT_IS, ({"n": n} for n in range(101)))

    def test_a_download_says_what_it_has(self) -> None:
        run = self.client.run(ODD_ONES_FAIL, [{"n": n, "more": "x"} for n in range(4)])
        failed = run.results(columns=["index", "error", "raw"], fields=["n"], status="FAILED")

        self.assertEqual([(row["index"], row["raw"]) for row in failed], [(1, {"n": 1}), (3, {"n": 3})])
        with tempfile.TemporaryDirectory() as folder:
            path = run.results().save(Path(folder, "values.csv"))
            self.assertEqual(path.read_text().splitlines(), ["n,more", "0,x", "2,x"])

    def test_formats_follow_from_names(self) -> None:
        run = self.client.run(AS_IT_IS, [{"n": 1, "text": "ü"}])
        with tempfile.TemporaryDirectory() as folder:
            packed = run.results().save(Path(folder, "values.csv.zip"))
            with zipfile.ZipFile(packed) as archive:
                (member,) = archive.namelist()
                self.assertEqual(archive.read(member).decode().splitlines(), ["n,text", "1,ü"])
            workbook = run.results().save(Path(folder, "values.xlsx"))
            again = self.client.run(AS_IT_IS, workbook, reading={"sheet": "Results"})
            self.assertEqual(again.results().to_list(), [{"n": 1, "text": "ü"}])
            with self.assertRaisesRegex(InvalidInput, "does not end with a format"):
                run.results().save(Path(folder, "values.zip"))
            with self.assertRaises(RequestRefused):
                run.results().save(Path(folder, "values.doc"))
            self.assertEqual({path.name for path in Path(folder).iterdir()}, {"values.csv.zip", "values.xlsx"})


class RefusalTest(ServiceTestCase):
    def test_a_broken_file_is_told_its_position(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "broken.ndjson")
            path.write_bytes(b'{"n": 1}\n{"n": \n')
            with self.assertRaises(RequestRefused) as refused:
                self.client.datasets.upload(path)

        self.assertEqual(refused.exception.code, "INVALID_JSON")
        self.assertEqual((refused.exception.position or {})["line"], 2)

    def test_a_refusal_at_the_start_of_a_large_upload_is_read(self) -> None:
        def records():
            yield {"": "x" * 17_000_000}
            for n in range(100_000):
                yield {"n": n, "text": "x" * 1000}

        with self.assertRaises(RequestRefused) as refused:
            self.client.datasets.upload(records())

        self.assertEqual(refused.exception.code, "RECORD_TOO_LARGE")

    def test_a_pipeline_that_is_wrong(self) -> None:
        with self.assertRaises(RequestRefused) as refused:
            self.client.run(pipeline_of("def transform(record:\n"), [{"n": 1}])

        self.assertIn("/pipeline/steps/0/main", refused.exception.errors[0]["pointer"])

    def test_packages_that_are_wrong(self) -> None:
        with self.assertRaises(RequestRefused) as refused:
            self.client.run(AS_IT_IS, [{"n": 1}], packages=["--index-url=x"])

        self.assertEqual(refused.exception.code, "PACKAGES_INVALID")


class PipelineTest(ServiceTestCase):
    def setUp(self) -> None:
        super().setUp()
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.mine = Path(temporary.name, "mine")
        self.theirs = Path(temporary.name, "theirs")
        self.name = f"in git {time.time_ns()}"
        self.write(self.mine, "1")

    def write(self, folder: Path, text: str) -> None:
        folder.mkdir(exist_ok=True)
        (folder / "pipeline.json").write_text(
            f'{{"name": "{self.name}", "steps": [{{"name": "s", "main_script": "m.py"}}]}}'
        )
        (folder / "m.py").write_text(f"def transform(record):\n    return {{'version': {text}}}\n")

    def test_a_folder_becomes_a_pipeline_with_versions(self) -> None:
        first = self.client.pipelines.push(self.mine)
        again = self.client.pipelines.push(self.mine)
        self.write(self.mine, "2")
        second = self.client.pipelines.push(self.mine)

        self.assertEqual([(first.version, first.changed), (again.version, again.changed)], [(1, True), (1, False)])
        self.assertEqual((second.id, second.version), (first.id, 2))
        self.assertEqual(self.client.run(self.name, [{"n": 1}]).results().to_list(), [{"version": 2}])
        self.assertEqual(self.client.run(f"{self.name}@1", [{"n": 1}]).results().to_list(), [{"version": 1}])

    def test_a_pipeline_that_was_deleted_is_saved_anew(self) -> None:
        first = self.client.pipelines.push(self.mine)
        self.client.pipelines.delete(first.id)
        second = self.client.pipelines.push(self.mine)

        self.assertNotEqual(second.id, first.id)
        self.assertEqual((second.version, second.changed), (1, True))

    def test_versions_that_the_folder_has_not_seen_are_not_overwritten(self) -> None:
        self.client.pipelines.push(self.mine)
        self.theirs.mkdir()
        self.client.pipelines.pull(self.name, self.theirs)
        self.write(self.theirs, "2")
        self.client.pipelines.push(self.theirs)
        self.write(self.mine, "3")

        with self.assertRaisesRegex(VersionConflict, "has version 2 .*; the folder knows version 1"):
            self.client.pipelines.push(self.mine)
        self.assertEqual(self.client.pipelines.push(self.mine, force=True).version, 3)

    def test_changes_that_were_not_pushed_are_not_overwritten(self) -> None:
        self.client.pipelines.push(self.mine)
        self.write(self.mine, "2")

        with self.assertRaises(VersionConflict):
            self.client.pipelines.pull(self.name, self.mine)
        self.client.pipelines.pull(self.name, self.mine, force=True)
        self.assertIn("'version': 1", (self.mine / "m.py").read_text())

    def test_a_folder_without_a_past_does_not_replace_a_pipeline_of_its_name(self) -> None:
        self.client.pipelines.push(self.mine)
        self.write(self.theirs, "2")

        with self.assertRaisesRegex(VersionConflict, "never pulled or pushed"):
            self.client.pipelines.push(self.theirs)
        self.write(self.theirs, "1")
        self.assertFalse(self.client.pipelines.push(self.theirs).changed)


@unittest.skipUnless(HAS_PANDAS, "needs pandas")
class PandasTest(ServiceTestCase):
    def test_a_data_frame_goes_there_and_comes_back(self) -> None:
        import pandas  # pyright: ignore[reportMissingImports]

        frame = pandas.DataFrame(
            {
                "n": [1, 2, 3],
                "x": [0.1, None, 1 / 3],
                "when": pandas.to_datetime(["2026-11-30T00:00", None, "2026-01-01T10:00"]),
            }
        )
        run = self.client.run(AS_IT_IS, frame)

        self.assertEqual(
            run.results().to_list(),
            [
                {"n": 1, "x": 0.1, "when": "2026-11-30T00:00:00"},
                {"n": 2, "x": None, "when": None},
                {"n": 3, "x": 1 / 3, "when": "2026-01-01T10:00:00"},
            ],
        )
        back = run.results().to_pandas()
        pandas.testing.assert_frame_equal(back[["n", "x"]], frame[["n", "x"]])
