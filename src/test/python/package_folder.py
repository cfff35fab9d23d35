"""Folders with packages, as the service makes them for an environment."""

import tempfile
import textwrap
import unittest
from pathlib import Path


def package_folder(test: unittest.TestCase, **modules: str) -> str:
    """A folder with these modules, removed after the test."""
    folder = tempfile.TemporaryDirectory(prefix="packages")
    test.addCleanup(folder.cleanup)
    write_modules(Path(folder.name), **modules)
    return folder.name


def write_modules(folder: Path, **modules: str) -> None:
    """Write modules with their sources; `a__b` is the module `b` of the package `a`."""
    for name, source in modules.items():
        parts = name.split("__")
        for depth in range(1, len(parts)):
            package = folder.joinpath(*parts[:depth])
            package.mkdir(exist_ok=True)
            (package / "__init__.py").touch()
        folder.joinpath(*parts).with_suffix(".py").write_text(textwrap.dedent(source))


class ImportCounter:
    """Counts how often a module is executed: a line of its source writes to a file."""

    def __init__(self, test: unittest.TestCase) -> None:
        folder = tempfile.TemporaryDirectory(prefix="imports")
        test.addCleanup(folder.cleanup)
        self.path = str(Path(folder.name, "count"))

    @property
    def source(self) -> str:
        return f"with open({self.path!r}, 'a') as imports:\n    imports.write('.')\n"

    @property
    def count(self) -> int:
        return Path(self.path).stat().st_size
