"""pip's installation report, reduced to what a lock needs. Runs in workers only."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote, urlsplit


def reduced(report: dict[str, Any]) -> list[dict[str, Any]]:
    """Name, version and file name of each package, and the packages among them that it requires."""
    packages = {package.name: package for package in map(_Package, report["install"])}
    _spread_extras(packages)
    return [package.document(packages) for package in packages.values()]


class _Package:
    """One entry of the report; `extras` are those that are wanted of the package."""

    def __init__(self, entry: dict[str, Any]) -> None:
        metadata = entry["metadata"]
        self.name = _normalised(metadata["name"])
        self.extras: set[str] = set(entry.get("requested_extras", ()))
        self._version: str = metadata["version"]
        self._filename = unquote(urlsplit(entry["download_info"]["url"]).path.rpartition("/")[2])
        self._requirements = _parsed(metadata.get("requires_dist", ()))

    def requirements(self) -> list[Any]:
        """Those that hold for this Python and the wanted extras."""
        wanted = ["", *self.extras]
        return [
            requirement
            for requirement in self._requirements
            if requirement.marker is None or any(requirement.marker.evaluate({"extra": extra}) for extra in wanted)
        ]

    def document(self, packages: dict[str, "_Package"]) -> dict[str, Any]:
        required = {_normalised(requirement.name) for requirement in self.requirements()}
        return {
            "name": self.name,
            "version": self._version,
            "filename": self._filename,
            "requires": sorted(required & packages.keys()),
        }


def _spread_extras(packages: dict[str, _Package]) -> None:
    """Add the extras that packages want of each other; each may bring more requirements with extras."""
    has_grown = True
    while has_grown:
        has_grown = False
        for package in packages.values():
            for requirement in package.requirements():
                required = packages.get(_normalised(requirement.name))
                if required is not None and not requirement.extras <= required.extras:
                    required.extras |= requirement.extras
                    has_grown = True


def _parsed(lines: Iterable[str]) -> list[Any]:
    from pip._vendor.packaging.requirements import InvalidRequirement, Requirement

    found: list[Any] = []
    for line in lines:
        try:
            found.append(Requirement(line))
        except InvalidRequirement:
            # Old metadata that pip has read in another way.
            continue
    return found


def _normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
