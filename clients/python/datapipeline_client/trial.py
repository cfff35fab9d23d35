from __future__ import annotations

from typing import Any


class Trial:
    """What a pipeline made of a few records; `data` is the whole answer of the service."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data

    def __repr__(self) -> str:
        return f"<Trial of {len(self.records)} records: {len(self.failed)} failed>"

    @property
    def records(self) -> list[dict[str, Any]]:
        """Each with `status`, `raw`, `stages`, and `error` or `skipped` where there is one."""
        return self.data["records"]

    @property
    def values(self) -> list[dict[str, Any]]:
        """The last value of every record that succeeded."""
        return [record["stages"][-1]["value"] for record in self.records if record["status"] == "SUCCEEDED"]

    @property
    def failed(self) -> list[dict[str, Any]]:
        return [record for record in self.records if record["status"] == "FAILED"]

    @property
    def error(self) -> dict[str, Any] | None:
        """Why no record was tried: a script that cannot be imported, for example."""
        return self.data.get("error")

    @property
    def log(self) -> str:
        """What the scripts printed."""
        return self.data["log"]
