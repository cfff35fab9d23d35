"""Orders of builds: what is resolved, what is compiled, and what a builder does when that fails."""

import importlib.util
import json
import marshal
import struct
import tempfile
import time
import unittest
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from package_index import serve, wheel

from pipeline_engine.builder.pip_output import FailureKind, explain

from engine_service import EngineGone, EngineService
from outbound_service import OutboundService, free_port
from process_table import descendants, is_alive, name_of

HAS_PIP = importlib.util.find_spec("pip") is not None


class BuilderCase(unittest.TestCase):
    def setUp(self) -> None:
        self.engine = EngineService()
        self.addCleanup(self.engine.close)
        self.log = ""

    def answer(self, kind: bytes) -> dict[str, Any]:
        while True:
            found, payload = self.engine.receive()
            if found == b"G":
                self.log += payload.decode()
                continue
            self.assertEqual(found, kind)
            return json.loads(payload)


@unittest.skipUnless(HAS_PIP, "this Python has no pip")
class Resolving(BuilderCase):
    def setUp(self) -> None:
        super().setUp()
        self.index = OutboundService(self.engine.folder)
        self.addCleanup(self.index.close)

    def resolve(self, *requirements: str, python: str = "", seconds: int = 60) -> dict[str, Any]:
        order = {"requirements": requirements, "requiresPython": python, "port": free_port(), "timeoutSeconds": seconds}
        self.engine.send(b"S", json.dumps(order).encode())
        return self.answer(b"V")

    def failure(self, *requirements: str, **settings: Any) -> tuple[str, str, str]:
        document = self.resolve(*requirements, **settings)
        self.assertEqual(document["packages"], [])
        return tuple(document["failure"].values())

    def test_packages_are_found_with_what_they_require(self) -> None:
        serve(
            self.index,
            wheel("top", "2.0", "middle[fast]>=1", 'never; python_version < "3"'),
            wheel("middle", "1.5", 'base; extra == "fast"', Provides_Extra="fast"),
            wheel("base", "1.0"),
        )
        document = self.resolve("top>=1")
        self.assertIsNone(document["failure"])
        self.assertRegex(document["installer"], r"^pip \d+")
        self.assertEqual(
            sorted(document["packages"], key=lambda package: package["name"]),
            [
                {"name": "base", "version": "1.0", "filename": "base-1.0-py3-none-any.whl", "requires": []},
                {"name": "middle", "version": "1.5", "filename": "middle-1.5-py3-none-any.whl", "requires": ["base"]},
                {"name": "top", "version": "2.0", "filename": "top-2.0-py3-none-any.whl", "requires": ["middle"]},
            ],
        )
        self.assertIn("Collecting top", self.log)

    def test_a_conflict_is_told_with_its_chain(self) -> None:
        serve(
            self.index,
            wheel("one", "1.0", "base<2"),
            wheel("other", "1.0", "base>=2"),
            wheel("base", "1.0"),
            wheel("base", "2.0"),
        )
        kind, message, _ = self.failure("one", "other")
        self.assertEqual(kind, "CONFLICT")
        self.assertIn("one 1.0 depends on base<2", message)
        self.assertIn("other 1.0 depends on base>=2", message)

    def test_a_package_that_is_not_there_is_named(self) -> None:
        serve(self.index)
        kind, message, requirement = self.failure("absent>=3")
        self.assertEqual((kind, message, requirement), ("NO_VERSION", "none", "absent>=3"))

    def test_a_version_that_is_not_there_is_named_with_those_that_are(self) -> None:
        serve(self.index, wheel("base", "1.0"), wheel("base", "2.0"))
        kind, message, requirement = self.failure("base>=3")
        self.assertEqual((kind, message, requirement), ("NO_VERSION", "1.0, 2.0", "base>=3"))

    def test_scripts_can_want_another_python(self) -> None:
        kind, message, requirement = self.failure("base", python=">=4")
        self.assertEqual((kind, requirement), ("PYTHON", ">=4"))
        self.assertRegex(message, r"^3\.\d+")

    def test_packages_can_want_another_python(self) -> None:
        serve(self.index, wheel("base", "1.0", Requires_Python=">=4"))
        kind, message, _ = self.failure("base")
        self.assertEqual(kind, "PYTHON")
        self.assertIn(">=4", message)

    def test_an_address_in_a_wheel_leads_nowhere(self) -> None:
        serve(self.index, wheel("top", "1.0", "evil @ http://127.0.0.1:9/evil-1.0-py3-none-any.whl"))
        kind, message, requirement = self.failure("top")
        self.assertEqual((kind, requirement), ("BY_URL", "evil"))
        self.assertEqual(message, "http://127.0.0.1:9/evil-1.0-py3-none-any.whl")

    def test_a_file_of_the_builder_is_no_package(self) -> None:
        serve(self.index, wheel("top", "1.0", "evil @ file:///etc/passwd"))
        self.assertEqual(self.failure("top"), ("BY_URL", "file:///etc/passwd", "another one"))

    def test_a_wheel_of_the_builder_is_no_package(self) -> None:
        name, contents = wheel("evil", "1.0")
        with tempfile.TemporaryDirectory() as folder:
            address = Path(folder, name)
            address.write_bytes(contents)
            serve(self.index, wheel("top", "1.0", f"evil @ {address.as_uri()}"))
            self.assertEqual(self.failure("top"), ("BY_URL", address.as_uri(), "evil"))

    def test_an_index_that_does_not_answer_meets_the_time_limit(self) -> None:
        self.index.on("/simple/base/", lambda call: call.wait_for_end())
        began = time.monotonic()
        kind, _, _ = self.failure("base", seconds=3)
        self.assertEqual(kind, "TIMEOUT")
        self.assertLess(time.monotonic() - began, 20)
        left = [name_of(process) for process in descendants(self.engine.process.pid) if is_alive(process)]
        self.assertEqual(left, ["relay"])

    def test_options_are_no_requirements(self) -> None:
        for line in ("--index-url http://127.0.0.1", "-e .", "base\n--pre"):
            with self.subTest(line), EngineService() as engine, self.assertRaises(EngineGone):
                order = {"requirements": [line], "requiresPython": "", "port": free_port(), "timeoutSeconds": 9}
                engine.send(b"S", json.dumps(order).encode())
                engine.receive()

    def test_the_target_names_python_installer_and_index(self) -> None:
        self.engine.send(b"N")
        target = self.answer(b"T")
        self.assertRegex(target["python"], r"^3\.\d+\.\d+")
        self.assertRegex(target["cacheTag"], r"^cpython-3\d+$")
        self.assertRegex(target["installer"], r"^pip \d+")
        self.assertRegex(target["index"], r"^https://\S+/simple")
        self.assertIn("py3-none-any", target["tags"])
        self.assertRegex(target["platform"], r"^(many|musl)?linux_\w+$")


class Compiling(BuilderCase):
    def setUp(self) -> None:
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def compile(
        self, sources: Mapping[str, str | bytes], processes: int = 1
    ) -> tuple[dict[str, bytes], dict[str, int]]:
        """The byte code by file, and the counts."""
        for name, source in sources.items():
            (self.folder / name).write_bytes(source.encode() if isinstance(source, str) else source)
        files = list(sources)
        order = {"folder": str(self.folder), "target": "/final", "processes": processes, "timeoutSeconds": 60}
        self.engine.send(b"M", json.dumps(order | {"files": files}).encode())
        compiled: dict[str, bytes] = {}
        while True:
            kind, payload = self.engine.receive()
            if kind == b"F":
                (index,) = struct.unpack_from(">I", payload)
                compiled[files[index]] = payload[4:]
            elif kind == b"E":
                return compiled, json.loads(payload)

    def test_byte_code_is_that_of_an_unchecked_file_at_its_final_place(self) -> None:
        compiled, counts = self.compile({"module.py": "NAME = __file__\n"})
        data = compiled["module.py"]
        self.assertEqual(counts, {"compiled": 1, "failed": 0})
        self.assertEqual(data[:4], importlib.util.MAGIC_NUMBER)
        self.assertEqual(struct.unpack("<I", data[4:8]), (1,))
        self.assertEqual(data[8:16], importlib.util.source_hash(b"NAME = __file__\n"))
        self.assertEqual(marshal.loads(data[16:]).co_filename, "/final/module.py")

    def test_every_file_is_answered_with_several_processes(self) -> None:
        sources = {f"module_{number}.py": f"NUMBER = {number}\n" * 500 for number in range(300)}
        compiled, counts = self.compile(sources, processes=4)
        self.assertEqual(counts, {"compiled": 300, "failed": 0})
        self.assertEqual(compiled.keys(), sources.keys())

    def test_a_file_that_cannot_be_compiled_is_left_out(self) -> None:
        deep = "(" * 200_000 + ")" * 200_000
        sources = {
            "a.py": "def (",
            "b.py": b"\xff\xfe",
            "c.py": "x = 1",
            "d.py": deep,
            "e.py": "x = " + "-" * 500_000 + "1",
            "f.py": "y = 2",
        }
        compiled, counts = self.compile(sources)
        self.assertEqual(counts["compiled"] + counts["failed"], 6)
        self.assertLessEqual({"c.py", "f.py"}, compiled.keys())
        self.assertFalse({"a.py", "b.py", "d.py"} & compiled.keys())

    def test_nothing_is_executed_and_nothing_is_written(self) -> None:
        self.compile({"module.py": f"open({str(self.folder / 'written')!r}, 'w')"})
        self.assertEqual([path.name for path in self.folder.iterdir()], ["module.py"])

    def test_no_files_are_no_work(self) -> None:
        self.assertEqual(self.compile({}), ({}, {"compiled": 0, "failed": 0}))

    def test_a_service_that_reads_slowly_gets_all_of_it(self) -> None:
        sources = {f"module_{number}.py": f"TEXT = {'x' * 1_000_000!r}\n" for number in range(20)}
        for name, source in sources.items():
            (self.folder / name).write_text(source)
        compiled, _ = self.compile(sources, processes=2)
        self.assertEqual(compiled.keys(), sources.keys())

    def test_a_builder_takes_no_pipeline(self) -> None:
        self.compile({})
        with self.assertRaises(EngineGone):
            self.engine.load("def transform(record): return record")


class PipOutput(unittest.TestCase):
    """Texts of other versions than the one that the tests run with."""

    def test_a_newer_pip_gives_up_on_what_is_too_deep(self) -> None:
        self.assertIs(
            explain("error: resolution-too-deep\n\nx Dependency resolution exceeded").kind, FailureKind.TOO_COMPLEX
        )

    def test_a_full_folder_is_told_from_other_errors(self) -> None:
        self.assertIs(
            explain("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device").kind,
            FailureKind.NO_SPACE,
        )

    def test_versions_for_another_python_are_named(self) -> None:
        output = (
            "ERROR: Ignored the following versions that require a different python version: "
            "1.0 Requires-Python >=3.12\n"
            "ERROR: Could not find a version that satisfies the requirement new (from versions: none)\n"
        )
        found = explain(output)
        self.assertEqual((found.kind, found.requirement), (FailureKind.PYTHON, "new"))

    def test_what_is_not_known_is_quoted(self) -> None:
        found = explain("Collecting x\nERROR: something\nERROR: something else\n")
        self.assertEqual((found.kind, found.message), (FailureKind.OTHER, "something\nsomething else"))


if __name__ == "__main__":
    unittest.main()
