"""The packages of a pipeline: a folder where scripts, and only they, find modules to import.

The folder comes after the standard library, which no package can replace, and before the packages of the image. It is a
plain entry of the path: `.pth` files in it are not processed.
"""

import os
import sys
from importlib.machinery import PathFinder

from pipeline_engine.loader.loading import ScriptRefused
from pipeline_engine.protocol.error_codes import ErrorCode
from pipeline_engine.protocol.pipeline import Pipeline
from pipeline_engine.protocol.priming import MODULES_LIMIT, is_module_name
from pipeline_engine.protocol.reports import ErrorReport
from pipeline_engine.scripts.leading_imports import leading_imports

_MISSING = "the folder with the packages of this pipeline is not in the sandbox"

NOT_FROM_PACKAGES = {"__main__", "datapipeline", "pipeline_engine", *sys.stdlib_module_names}
"""Modules that no package can replace: those of Python and of the engine."""

_FORKS_ARE_SAFE = "POLARS_ALLOW_FORKING_THREAD"

_VARIABLES = {
    # A sandbox has one processor, and threads that an import starts make forks impossible.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "BLIS_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "RAYON_NUM_THREADS": "1",
    "POLARS_MAX_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    # Without it Polars warns of every fork; it is read by the import.
    _FORKS_ARE_SAFE: "1",
    # The usual places of caches cannot be written.
    "MPLCONFIGDIR": "/tmp/matplotlib",
    "NUMBA_CACHE_DIR": "/tmp/numba",
    "XDG_CACHE_HOME": "/tmp/cache",
}


def use_packages(folder: str) -> None:
    """In the loader, before scripts are imported; raises ScriptRefused if there is no such folder."""
    if not os.path.isdir(folder) or not os.access(folder, os.R_OK | os.X_OK):
        raise ScriptRefused(ErrorReport.at(None, ErrorCode.ENVIRONMENT_MISSING, _MISSING))
    if folder not in sys.path:
        sys.path.insert(_place_after_standard_library(), folder)
    _forget_modules_that_the_folder_has(folder)
    for name, value in _VARIABLES.items():
        os.environ.setdefault(name, value)


def is_of_packages(name: str, folder: str) -> bool:
    """Whether a module with that name is found in the folder, if there is one at all."""
    package = name.partition(".")[0]
    if package in NOT_FROM_PACKAGES or not all(part.isidentifier() for part in name.split(".")):
        return False
    return PathFinder.find_spec(package, [folder]) is not None


def imported_first(pipeline: Pipeline, folder: str) -> list[str]:
    """The modules of the folder that the scripts import before they do anything else."""
    names = leading_imports(stage.source for stage in pipeline.stages)
    return [name for name in names if is_module_name(name) and is_of_packages(name, folder)][:MODULES_LIMIT]


def forget_that_forks_are_safe() -> None:
    """There are threads, so libraries should warn when a script forks."""
    os.environ.pop(_FORKS_ARE_SAFE, None)


def _place_after_standard_library() -> int:
    library = os.path.dirname(os.__file__)
    places = [
        place for place, entry in enumerate(sys.path, 1) if entry == library or os.path.basename(entry) == "lib-dynload"
    ]
    return max(places, default=len(sys.path))


def _forget_modules_that_the_folder_has(folder: str) -> None:
    """Have scripts import these anew; what the engine has imported from the image it keeps for itself."""
    for package in {name.partition(".")[0] for name in sys.modules} - NOT_FROM_PACKAGES:
        origin = getattr(sys.modules.get(package), "__file__", None) or ""
        if origin.startswith(f"{folder}/") or PathFinder.find_spec(package, [folder]) is None:
            continue
        for name in [name for name in sys.modules if name == package or name.startswith(f"{package}.")]:
            del sys.modules[name]
