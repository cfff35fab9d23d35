"""Scripts find the packages of their pipeline, and the engine is not disturbed by any of them."""

import json
import unittest
from pathlib import Path

from pipeline_engine.protocol.pipeline import InvalidPipeline, Pipeline

from engine_service import EngineService, pipeline_of, script
from package_folder import package_folder

WHERE = """
def transform(record):
    return {"file": module.__file__}
"""


class Packages(unittest.TestCase):
    def setUp(self) -> None:
        self.engine = EngineService()
        self.addCleanup(self.engine.close)

    def load(self, folder: str, *sources: str, **settings: object) -> None:
        self.engine.load(*sources, environment={"path": folder}, **settings)

    def final(self, record: dict | None = None) -> dict:
        outcome = self.engine.run([record or {}])
        self.assertEqual(outcome.statuses, ["SUCCEEDED"], outcome.results)
        return outcome.finals[0]

    def test_scripts_import_modules_from_the_folder(self) -> None:
        folder = package_folder(self, plain="NAME = 'plain'\n", deep__inner="NAME = 'inner'\n")
        self.load(
            folder,
            script("""
                import plain
                from deep import inner
                def transform(record):
                    from deep.inner import NAME
                    return {"names": [plain.NAME, inner.NAME, NAME]}
            """),
        )

        self.assertEqual(self.final(), {"names": ["plain", "inner", "inner"]})

    def test_no_package_takes_the_place_of_the_standard_library_or_of_the_engine(self) -> None:
        broken = "raise AssertionError('of a package')\n"
        names = ("json", "asyncio", "random", "datapipeline", "pipeline_engine", "sitecustomize")
        folder = package_folder(self, **dict.fromkeys(names, broken), other="")
        self.load(
            folder,
            script("""
                import asyncio, json, random, other
                from datapipeline import SkipRecord
                from pipeline_engine.values.quick_encoder import JSON_MODULE
                async def transform(record):
                    await asyncio.sleep(0)
                    if record.get("skip"):
                        raise SkipRecord("as it should")
                    return {"json": json.loads("[1]")}
            """),
        )

        outcome = self.engine.run([{}, {"skip": True}])

        self.assertEqual(outcome.statuses, ["SUCCEEDED", "SKIPPED"])
        self.assertEqual(outcome.results[0].final, {"json": [1]})

    def test_a_package_comes_before_the_packages_of_the_image(self) -> None:
        folder = package_folder(self, pip="NAME = 'own'\n")
        self.load(folder, "import sys, pip\ndef transform(record):\n    return {'pip': pip.NAME, 'path': sys.path}\n")

        found = self.final()

        self.assertEqual(found["pip"], "own")
        place = found["path"].index(folder)
        self.assertIn("lib-dynload", found["path"][place - 1])
        self.assertTrue(all("-packages" in entry for entry in found["path"][place + 1 :]))

    def test_pth_files_are_not_processed(self) -> None:
        folder = package_folder(self, plain="")
        Path(folder, "evil.pth").write_text("import sys; sys.evil = True\n/tmp\n")
        self.load(
            folder,
            "import plain, sys\ndef transform(record):\n    return {'evil': hasattr(sys, 'evil'), 'path': sys.path}\n",
        )

        found = self.final()

        self.assertFalse(found["evil"])
        self.assertNotIn("/tmp", found["path"])

    def test_scripts_have_the_encoder_of_the_packages_and_the_engine_keeps_its_own(self) -> None:
        self.load(
            package_folder(self, rapidjson="NAME = 'own'\ndef Encoder(*_, **__): raise AssertionError\n"),
            "import rapidjson\ndef transform(record):\n    return record | {'name': rapidjson.NAME}\n",
        )

        self.assertEqual(
            self.final({"text": "\x1f/é", "number": 1.5}), {"text": "\x1f/é", "number": 1.5, "name": "own"}
        )
        self.assertRegex(self.engine.hello["json"], "^(rapidjson|json) [0-9.]+$")

    def test_modules_that_the_packages_lack_are_those_of_the_image(self) -> None:
        if not self.engine.hello["json"].startswith("rapidjson"):
            self.skipTest("this Python has no rapidjson")
        self.load(
            package_folder(self, plain=""),
            "import rapidjson\ndef transform(record):\n    return {'text': rapidjson.dumps([1])}\n",
        )

        self.assertEqual(self.final(), {"text": "[1]"})

    def test_processes_that_scripts_spawn_find_the_packages(self) -> None:
        folder = package_folder(self, plain="def double(number):\n    return 2 * number\n", rapidjson="NAME = 'own'\n")
        self.load(
            folder,
            script("""
                import multiprocessing
                def double(number):
                    import plain, rapidjson
                    return [plain.double(number), rapidjson.NAME]
                def transform(record):
                    with multiprocessing.get_context(record["method"]).Pool(1) as pool:
                        return {"doubled": pool.map(double, [1, 2])}
            """),
        )

        for method in ("spawn", "forkserver", "fork"):
            with self.subTest(method):
                self.assertEqual(self.final({"method": method}), {"doubled": [[2, "own"], [4, "own"]]})

    def test_a_folder_that_is_missing_refuses_the_pipeline(self) -> None:
        for path in ("/environments/no-such-folder", __file__):
            with self.subTest(path), EngineService() as engine:
                error = engine.refusal("import plain\n", environment={"path": path})
                self.assertEqual(error["type"], "ENVIRONMENT_MISSING")
                self.assertEqual(
                    error["message"], "the folder with the packages of this pipeline is not in the sandbox"
                )
                self.assertIsNone(error["script"])

    def test_libraries_are_told_to_start_no_threads_and_where_they_may_write(self) -> None:
        source = "import os\nseen = dict(os.environ)\ndef transform(record):\n    return seen\n"
        self.load(package_folder(self), source, outbound={"port": 39_999, "environment": {"MPLCONFIGDIR": "/x"}})

        found = self.final()

        for name in ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "RAYON"):
            self.assertEqual(found[f"{name}_NUM_THREADS"], "1")
        self.assertEqual((found["POLARS_MAX_THREADS"], found["TOKENIZERS_PARALLELISM"]), ("1", "false"))
        self.assertEqual((found["NUMBA_CACHE_DIR"], found["XDG_CACHE_HOME"]), ("/tmp/numba", "/tmp/cache"))
        self.assertEqual(found["MPLCONFIGDIR"], "/x")

    def test_without_packages_nothing_is_different(self) -> None:
        self.engine.load(
            "import os, sys\ndef transform(record):\n"
            "    return {'names': list(os.environ), 'finders': [str(finder) for finder in sys.meta_path]}\n"
        )

        found = self.final()

        self.assertFalse({"MKL_NUM_THREADS", "POLARS_MAX_THREADS", "MPLCONFIGDIR"} & set(found["names"]))
        self.assertNotIn("PackageImports", str(found["finders"]))


class Environments(unittest.TestCase):
    def test_only_a_plain_path_is_an_environment(self) -> None:
        def parse(environment: object) -> Pipeline:
            return Pipeline.parse(json.dumps(pipeline_of("x", environment=environment)).encode())

        found = parse({"path": "/environments/ab12"}).environment
        assert found is not None
        self.assertEqual(found.path, "/environments/ab12")
        wrong = [None, {}, [], "/x", {"path": None}, {"path": 3}, {"path": ""}, {"path": "x"}, {"path": "./x"}]
        wrong += [{"path": path} for path in ("/a/../b", "/a/", "/a//b", "/a/./b", "/a\0b", "/" + "a" * 2000)]
        wrong.append({"path": "/environments/ab12", "more": 1})
        for environment in wrong:
            with self.subTest(environment), self.assertRaises(InvalidPipeline):
                parse(environment)


if __name__ == "__main__":
    unittest.main()
