"""Which package of the engine may import which, how large its files are, and what is imported before a fork."""

import ast
import subprocess
import sys
import unittest
from pathlib import Path

import pipeline_engine

ROOT = Path(pipeline_engine.__file__).parent

MAY_IMPORT = {
    "protocol": set(),
    "linux": set(),
    "channels": {"protocol"},
    "values": {"protocol"},
    "scripts": {"protocol", "linux"},
    "relay": {"linux", "channels"},
    "builder": {"protocol", "linux"},
    "runner": {"protocol", "linux", "channels", "values", "scripts"},
    "loader": {"protocol", "linux", "channels", "scripts", "runner"},
    "supervisor": {"protocol", "linux", "channels", "values", "scripts", "relay", "builder"},
    "local": {"protocol", "loader", "supervisor"},
    "sandbox": {"loader", "supervisor"},
    "__main__": {"local"},
}
"""The supervisor is trusted and never imports what runs scripts: `sandbox` and `local` hand it the loader."""

NOT_BEFORE_A_FORK = {"threading", "asyncio", "random", "logging", "queue", "concurrent"}
"""Each of them makes every fork dearer, or is slow to import."""

FILES_PER_PACKAGE = 16
LINES_PER_FILE = 300
LINES_PER_FUNCTION = 40
COMMENT_SHARE = 0.08
HOT_LOOP = ("serial_loop.py", "run")
"""Left whole: a call for every record would cost more than it explains."""


def modules() -> dict[str, ast.Module]:
    """The modules of the engine by their dotted names without the name of the engine."""
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts): ast.parse(path.read_text())
        for path in sorted(ROOT.rglob("*.py"))
    }


def imported(tree: ast.Module) -> set[str]:
    """The modules of the engine that a module imports, wherever it does."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        found |= {name.removeprefix("pipeline_engine.") for name in names if name.startswith("pipeline_engine.")}
    return found


def imported_modules(tree: ast.Module) -> set[str]:
    """All modules that a module imports, wherever it does."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(str(node.module))
    return found


class Packages(unittest.TestCase):
    def test_packages_import_only_what_they_may(self) -> None:
        for name, tree in modules().items():
            package = name.partition(".")[0]
            for target in imported(tree):
                other = target.partition(".")[0]
                with self.subTest(f"{name} imports {target}"):
                    # What the engine's own package defines, such as its version, is for all.
                    allowed = package == other or other == other.upper() or other in MAY_IMPORT.get(package, ())
                    self.assertTrue(allowed)

    def test_the_module_of_scripts_and_the_engine_know_little_of_each_other(self) -> None:
        known = {"datapipeline", "pipeline_engine.scripts.script_errors", *sys.stdlib_module_names}
        for path in sorted((ROOT.parent / "datapipeline").rglob("*.py")):
            for target in imported_modules(ast.parse(path.read_text())):
                with self.subTest(f"{path.name} imports {target}"):
                    self.assertTrue({target, target.partition(".")[0]} & known)
        for name, tree in modules().items():
            with self.subTest(name):
                self.assertNotIn("datapipeline", {target.partition(".")[0] for target in imported_modules(tree)})

    def test_modules_import_each_other_in_no_circle(self) -> None:
        trees = modules()
        imports = {
            name: {
                known for target in imported(tree) for known in (target, target.rpartition(".")[0]) if known in trees
            }
            for name, tree in trees.items()
        }
        while leaves := [name for name, targets in imports.items() if not targets & set(imports)]:
            for name in leaves:
                del imports[name]
        self.assertEqual(imports, {})

    def test_no_package_is_too_large_to_be_read(self) -> None:
        for folder in [path for path in ROOT.iterdir() if (path / "__init__.py").exists()]:
            with self.subTest(folder.name):
                self.assertLessEqual(len(list(folder.glob("*.py"))) - 1, FILES_PER_PACKAGE)


class Sizes(unittest.TestCase):
    def test_files_and_functions_are_short(self) -> None:
        for path in ROOT.parent.rglob("*.py"):
            text = path.read_text()
            with self.subTest(path.name):
                self.assertLess(text.count("\n"), LINES_PER_FILE)
            for node in ast.walk(ast.parse(text)):
                is_function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
                if is_function and (path.name, node.name) != HOT_LOOP:
                    with self.subTest(f"{path.name}: {node.name}"):
                        self.assertLess((node.end_lineno or node.lineno) - node.lineno, LINES_PER_FUNCTION)

    def test_code_speaks_for_itself(self) -> None:
        lines = [line.strip() for path in ROOT.parent.rglob("*.py") for line in path.read_text().splitlines()]
        comments = sum(line.startswith("#") for line in lines)
        self.assertLess(comments / len(lines), COMMENT_SHARE)


class Imports(unittest.TestCase):
    def test_nothing_is_imported_that_makes_forks_dear(self) -> None:
        program = "import sys, pipeline_engine.sandbox; print(*sys.modules)"
        command = [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(ROOT.parent)!r}); {program}"]
        loaded = {name.partition(".")[0] for name in subprocess.check_output(command, text=True).split()}
        self.assertEqual(loaded & NOT_BEFORE_A_FORK, set())


if __name__ == "__main__":
    unittest.main()
