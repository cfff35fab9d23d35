"""Modules of packages are imported before there is a pipeline, for scripts that begin with the same imports."""

import json
import unittest
from pathlib import Path

from packages_case import KEEP, PackagesCase

from pipeline_engine.protocol.pipeline import InvalidPipeline
from pipeline_engine.protocol.priming import Priming
from pipeline_engine.scripts.leading_imports import leading_imports

from engine_service import EngineGone, EngineService, pipeline_of, script
from package_folder import ImportCounter, package_folder
from process_table import descendants

RANDOM = "import os, plain\ndef transform(record):\n    return {'value': plain.VALUE, 'parent': os.getppid()}\n"


class Primed(PackagesCase):
    def setUp(self) -> None:
        super().setUp()
        self.other = ImportCounter(self)
        self.folder = package_folder(
            self,
            plain=self.imports.source + "import os\nVALUE = os.urandom(8).hex()\nprint('plain is here')\n",
            other=self.other.source,
        )

    def prime(self, *modules: str, folder: str | None = None) -> None:
        self.engine.send(b"Y", json.dumps({"path": folder or self.folder, "modules": modules}).encode())

    def load_and_tell(self, *sources: str, **settings: object) -> object:
        """Load the scripts; returns what LOADED says."""
        pipeline = pipeline_of(*sources, environment={"path": self.folder}, **settings)
        self.engine.pipeline = pipeline
        self.engine.send(b"P", json.dumps(pipeline).encode())
        loaded = self.engine.expect(b"L")
        return json.loads(loaded) if loaded else None

    def test_the_scripts_tell_what_they_import_first(self) -> None:
        told = self.load_and_tell("import json\nimport plain\nfrom other import x\n".replace("x", "__name__") + KEEP)

        self.assertEqual(told, {"modules": ["plain", "other"]})

    def test_scripts_without_packages_on_top_tell_nothing(self) -> None:
        self.assertIsNone(self.load_and_tell("def transform(record):\n    import plain\n    return record\n"))

    def test_what_was_imported_before_is_not_imported_again(self) -> None:
        self.prime("plain")
        told = self.load_and_tell(RANDOM)

        outcomes = [self.engine.run([{}] * 2) for _ in range(3)]

        self.assertEqual(self.imports.count, 1)
        self.assertEqual(told, {"modules": ["plain"]})
        self.assertEqual(len({final["value"] for outcome in outcomes for final in outcome.finals}), 1)
        self.assertEqual(len({outcome.finals[0]["parent"] for outcome in outcomes}), 1)

    def test_the_log_is_the_same_as_without(self) -> None:
        self.prime("plain")
        self.load_and_tell(RANDOM)

        self.assertEqual([self.engine.run([{}]).log for _ in range(2)], ["plain is here\n", ""])

    def test_scripts_that_begin_otherwise_get_an_ordinary_loader(self) -> None:
        for name, source in {
            "other imports": "import other\n" + KEEP,
            "another order": "import other, plain\n" + KEEP,
            "something before": "import os\nos.environ['MODE'] = '1'\nimport plain\n" + KEEP,
            "no imports": KEEP,
        }.items():
            with self.subTest(name), EngineService() as self.engine:
                before = self.other.count if Path(self.other.path).exists() else 0
                self.prime("plain")
                self.load_and_tell(source)

                outcome = self.engine.run([{}])

                self.assertEqual(outcome.statuses, ["SUCCEEDED"])
                self.assertEqual("other" in source, Path(self.other.path).exists() and self.other.count > before)

    def test_more_imports_after_those_that_were_primed_are_made_by_the_scripts(self) -> None:
        self.prime("plain")
        self.load_and_tell("import plain, other\n" + KEEP)
        self.engine.run([{}])

        self.assertEqual((self.imports.count, self.other.count), (1, 1))

    def test_modules_that_fail_end_or_leave_something_are_left_to_the_scripts(self) -> None:
        thread = "threading.Thread(target=time.sleep, args=(600,), daemon=True).start()"
        for name, trouble in {
            "fails": "raise ValueError('not now')",
            "ends": "import os; os._exit(3)",
            "leaves a thread": f"import threading, time; {thread}",
            "leaves a child": "import subprocess; subprocess.Popen(['sleep', '600'])",
        }.items():
            with self.subTest(name), EngineService() as self.engine:
                mark = Path(ImportCounter(self).path)
                seen = f"import os\nif not os.path.exists({str(mark)!r}):\n    open({str(mark)!r}, 'w').close()\n"
                self.folder = package_folder(self, plain=f"{seen}    {trouble}\n")
                self.prime("plain")
                self.wait_for(mark)
                self.load_and_tell("import plain\n" + KEEP)

                self.assertEqual(self.engine.run([{}]).statuses, ["SUCCEEDED"])

    def wait_for(self, mark: Path) -> None:
        """Wait until the module was imported once."""
        while not mark.exists():
            pass

    def test_scripts_that_cannot_be_loaded_are_refused_as_ever(self) -> None:
        self.prime("plain")
        pipeline = pipeline_of("import plain\nraise ValueError('mine')\n" + KEEP, environment={"path": self.folder})
        self.engine.send(b"P", json.dumps(pipeline).encode())

        error = json.loads(self.engine.expect(b"X"))

        self.assertEqual((error["type"], error["line"]), ("SCRIPT_LOAD", 2))

    def test_one_loader_is_left(self) -> None:
        self.prime("plain")
        self.load_and_tell("import other\n" + KEEP)
        self.engine.run([{}])

        self.assertLessEqual(len(descendants(self.engine.process.pid)), 2)

    def test_another_environment_ends_the_sandbox(self) -> None:
        self.prime("plain", folder=package_folder(self, plain=""))
        self.engine.send(b"P", json.dumps(pipeline_of(KEEP, environment={"path": self.folder})).encode())

        with self.assertRaises(EngineGone):
            self.engine.expect(b"L")

    def test_scripts_are_not_checked_where_packages_have_run(self) -> None:
        self.prime("plain")
        self.engine.send(b"C", KEEP.encode())

        with self.assertRaises(EngineGone):
            self.engine.expect(b"K")


class LeadingImports(unittest.TestCase):
    def test_it_ends_with_the_first_statement_that_may_change_something(self) -> None:
        first = script("""
            \"\"\"What it does.\"\"\"
            from __future__ import annotations
            import json, pandas as pd
            from sklearn.linear_model import Ridge
            LIMIT = 3

            def transform(record: dict[str, object], limit: int = 3) -> pd.DataFrame | None:
                import lazy
                return record
        """)
        self.assertEqual(
            leading_imports([first, "import numpy\nprint(1)\nimport late\n", "import later\n"]),
            ["json", "pandas", "sklearn.linear_model", "numpy"],
        )

    def test_what_computes_something_ends_it(self) -> None:
        for line in (
            "x = f()",
            "x = y = [1]",
            "class A:\n    pass",
            "@decorate\ndef f():\n    pass",
            "def f(a=g()):\n    pass",
            "def f(a: g()):\n    pass",
            "if True:\n    import a",
            "try:\n    import a\nexcept ImportError:\n    pass",
            "from . import a",
            "f()",
            "del x",
        ):
            with self.subTest(line):
                self.assertEqual(leading_imports([f"import one\n{line}\nimport two\n"]), ["one"])

    def test_scripts_that_are_none_have_none(self) -> None:
        for source in ("import one\n(", "import one\n\0", "(" * 10_000):
            with self.subTest(source[:20]):
                self.assertEqual(leading_imports(["import zero\n", source]), [])


class Orders(unittest.TestCase):
    def test_names_and_folder_are_checked(self) -> None:
        good = {"path": "/environments/a", "modules": ["pandas", "a.b"]}
        self.assertEqual(Priming.parse(json.dumps(good).encode()).modules, ("pandas", "a.b"))
        for broken in (
            good | {"path": "/environments/../etc"},
            good | {"path": "environments"},
            good | {"modules": []},
            good | {"modules": ["a"] * 65},
            good | {"modules": ["a b"]},
            good | {"modules": ["a."]},
            good | {"modules": ["os; x"]},
            good | {"modules": [1]},
            good | {"modules": "pandas pandas"},
            good | {"more": 1},
            {"path": "/environments/a"},
            [],
        ):
            with self.subTest(broken), self.assertRaises(InvalidPipeline):
                Priming.parse(json.dumps(broken).encode())


if __name__ == "__main__":
    unittest.main()
