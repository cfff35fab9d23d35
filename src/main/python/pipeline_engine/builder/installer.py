"""The pip of the image, and what it says about this Python. Runs in workers only."""

import importlib.util
import os
import platform
import sys
from glob import glob
from typing import Any, NamedTuple, Self

from pipeline_engine.protocol.documents import to_json

_WHEELS = "/usr/share/python-wheels/pip-*.whl"
"""Debian's package python3-pip-whl."""


class Installer(NamedTuple):
    """`command` starts pip; `version` is a text such as `pip 23.0.1`."""

    command: tuple[str, ...]
    version: str

    @classmethod
    def find(cls) -> Self | None:
        """The pip of the image, else one in a wheel, which can be imported from then on; None if there is none."""
        python = (sys.executable, "-I", "-B", "-u", "-X", "utf8")
        if importlib.util.find_spec("pip") is not None:
            return cls((*python, "-m", "pip"), _version())
        wheels = sorted(glob(_WHEELS))
        if not wheels:
            return None
        sys.path.insert(0, wheels[-1])
        return cls((*python, os.path.join(wheels[-1], "pip")), _version())


def _version() -> str:
    import pip

    return f"pip {pip.__version__}"


_PYTHON: dict[str, Any] = {"python": platform.python_version(), "cacheTag": sys.implementation.cache_tag}

NO_INSTALLER = to_json(_PYTHON | {"installer": None, "index": None, "platform": None, "tags": []})
"""The payload of TARGET where there is no pip that works."""


def target() -> bytes:
    """The payload of TARGET: what wheels are resolved for, and by what."""
    installer = Installer.find()
    if installer is None:
        return NO_INSTALLER
    from pip._internal.models.index import PyPI
    from pip._vendor.packaging.tags import platform_tags, sys_tags

    found = {
        "installer": installer.version,
        "index": PyPI.simple_url,
        "platform": next(iter(platform_tags())),
        "tags": [str(tag) for tag in sys_tags()],
    }
    return to_json(_PYTHON | found)
