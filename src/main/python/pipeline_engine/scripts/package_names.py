"""The package that gives a module, from a fixed table: a name that nobody has looked at may belong to anybody."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

_TABLE = Path(__file__).parent.parent / "import_names.json"


def package_of(missing: str, source: str) -> str | None:
    """The package to add where a script does not find the module `missing`; None if the table does not know it."""
    packages: dict[str, str] = json.loads(_TABLE.read_bytes())
    for name in (missing, *_imported_below(missing, source)):
        # `google.cloud.storage` is of another package than `google.cloud.vision`, and Python misses `google`.
        while name:
            if name in packages:
                return packages[name]
            name = name.rpartition(".")[0]
    return None


def _imported_below(module: str, source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from (name for name in names if name.startswith(f"{module}."))
