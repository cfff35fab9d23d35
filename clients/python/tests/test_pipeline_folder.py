from __future__ import annotations

import json
import tempfile
import unittest
from pathlib import Path
from typing import Any

from datapipeline_client.errors import InvalidInput
from datapipeline_client.files.pipeline_folder import read_pipeline, write_pipeline
from datapipeline_client.files.pipeline_state import digest_of

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


def pipeline_of(*steps: dict[str, Any]) -> dict[str, Any]:
    return {"name": "p", "steps": list(steps)}


def step_of(name: str, script: str, source: str) -> dict[str, Any]:
    return {"name": name, "main": {"name": script, "source": source}}


class FolderTest(unittest.TestCase):
    def setUp(self) -> None:
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.outside = Path(temporary.name)
        self.folder = self.outside / "folder"
        self.folder.mkdir()

    def test_an_example_is_read_by_its_folder_and_by_its_definition(self) -> None:
        pipeline = read_pipeline(EXAMPLES / "capitals")

        self.assertEqual(pipeline, read_pipeline(EXAMPLES / "capitals/pipeline.json"))
        self.assertEqual(pipeline["steps"][0]["pre"]["name"], "build_statement.py")
        self.assertIn("def transform", pipeline["steps"][0]["main"]["source"])

    def test_what_is_written_is_read_again(self) -> None:
        for example in ("capitals", "capitals-model", "order-totals", "text-cleanup"):
            with self.subTest(example=example):
                pipeline = read_pipeline(EXAMPLES / example)
                write_pipeline(self.folder, pipeline)

                self.assertEqual(read_pipeline(self.folder), pipeline)

    def test_packages_models_and_description_are_kept(self) -> None:
        pipeline = {
            **pipeline_of(step_of("s", "main.py", "x")),
            "description": "d",
            "llm": {},
            "environment": {"packages": ["six"]},
        }
        write_pipeline(self.folder, pipeline)

        self.assertEqual(read_pipeline(self.folder), pipeline)

    def test_scripts_of_one_name_do_not_overwrite_each_other(self) -> None:
        pipeline = pipeline_of(step_of("a", "main.py", "1"), step_of("b", "main.py", "2"), step_of("c", "main.py", "1"))
        write_pipeline(self.folder, pipeline)

        self.assertEqual(read_pipeline(self.folder), pipeline)
        self.assertEqual((self.folder / "b/main.py").read_text(), "2")

    def test_no_name_leads_out_of_the_folder(self) -> None:
        names = (
            "../x.py",
            "/etc/x.py",
            "..\\x.py",
            "a/../../x.py",
            "pipeline.json",
            ".datapipeline.json",
            "..",
            "\x1b[2J.py",
            ".git",
        )
        pipeline = pipeline_of(*(step_of(f"../{place}", name, str(place)) for place, name in enumerate(names)))
        write_pipeline(self.folder, pipeline)

        self.assertEqual([path.name for path in self.outside.iterdir()], ["folder"])
        written = sorted(path.name for path in self.folder.rglob("*") if path.is_file())
        self.assertEqual(len(written), len(names) + 1)
        self.assertNotIn(".git", written)
        sources = [step["main"]["source"] for step in read_pipeline(self.folder)["steps"]]
        self.assertEqual(sources, [str(place) for place in range(len(names))])

    def test_scripts_that_are_gone_are_removed_and_other_files_stay(self) -> None:
        write_pipeline(self.folder, pipeline_of(step_of("a", "old.py", "1")))
        (self.folder / "notes.txt").write_text("mine")
        write_pipeline(self.folder, pipeline_of(step_of("a", "new.py", "1")))

        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ["new.py", "notes.txt", "pipeline.json"])

    def test_nothing_outside_is_removed(self) -> None:
        (self.outside / "shared.py").write_text("1")
        definition = {"name": "p", "steps": [{"name": "a", "main_script": "../shared.py"}]}
        (self.folder / "pipeline.json").write_text(json.dumps(definition))
        write_pipeline(self.folder, pipeline_of(step_of("a", "new.py", "1")))

        self.assertTrue((self.outside / "shared.py").exists())

    def test_what_cannot_be_read_is_said(self) -> None:
        for definition, reason in (
            ("{", "is no pipeline"),
            ("[]", "is no pipeline"),
            ('{"steps": []}', "'name' is missing"),
            ('{"name": "p"}', "'steps' is missing"),
            ('{"name": "p", "steps": [{"name": "a"}]}', "has no main_script"),
            ('{"name": "p", "steps": [{"name": "a", "main_script": "gone.py"}]}', "gone.py cannot be read"),
        ):
            (self.folder / "pipeline.json").write_text(definition)
            with self.subTest(definition=definition), self.assertRaisesRegex(InvalidInput, reason):
                read_pipeline(self.folder)
        with self.assertRaisesRegex(InvalidInput, "pipeline.json cannot be read"):
            read_pipeline(self.outside)


class DigestTest(unittest.TestCase):
    def test_what_means_nothing_makes_no_difference(self) -> None:
        bare = pipeline_of(step_of("a", "main.py", "1"))
        saved = {**bare, "id": "7", "version": 3, "description": None, "llm": None, "environment": {"packages": []}}

        self.assertEqual(digest_of(bare), digest_of(saved))
        self.assertNotEqual(digest_of(bare), digest_of(pipeline_of(step_of("a", "main.py", "2"))))
