"""The engine's own command, from the copy in this package or, in the repository, from its sources."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from pathlib import Path

from datapipeline_client.errors import InvalidInput

_OLDEST = (3, 11)
_PACKAGE = Path(__file__).parents[1]
_PLACES = (_PACKAGE / "engine", *(parent / "src/main/python" for parent in list(_PACKAGE.parents)[1:4]))


def run_locally(options: Namespace) -> int:
    """Becomes the engine, with its exit codes. It needs Linux, since it works with its processes."""
    if not sys.platform.startswith("linux"):
        raise InvalidInput("`datapipeline local` needs Linux.")
    if sys.version_info < _OLDEST:
        raise InvalidInput(
            f"`datapipeline local` needs Python 3.11, as sandboxes have it; this is {sys.version.split()[0]}."
        )
    engine = next((place for place in _PLACES if (place / "pipeline_engine").is_dir()), None)
    if engine is None:
        raise InvalidInput("This package was built without the engine; bin/client builds it with.")
    arguments = [_definition(argument) for argument in options.arguments]
    paths = [str(engine), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    sys.stdout.flush()
    os.execve(sys.executable, [sys.executable, "-m", "pipeline_engine", *arguments], environment)


def _definition(argument: str) -> str:
    """The engine takes a definition; here a folder with one is enough."""
    path = Path(argument, "pipeline.json")
    return str(path) if path.is_file() else argument
