"""Runs an example through the API: submit, poll, download. Python's standard library is enough.

usage: python3 examples/run_pipeline.py [FOLDER [SERVICE]]

FOLDER holds pipeline.json, its scripts and a dataset (default: examples/capitals beside this file).
"""

import json
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

HERE = Path(__file__).parent
TYPES = {".json": "application/json", ".ndjson": "application/x-ndjson", ".csv": "text/csv"}


def call(method: str, url: str, body: bytes | None = None, content_type: str = "application/json"):
    """Returns the answer's body, read as JSON. Errors are problem documents (RFC 9457); `detail` is for people."""
    request = urllib.request.Request(url, data=body, method=method)
    if body is not None:
        request.add_header("Content-Type", content_type)
    try:
        with urllib.request.urlopen(request) as response:
            return json.load(response)
    except urllib.error.HTTPError as error:
        sys.exit(f"{error.code}: {json.load(error).get('detail')}")


def read_pipeline(folder: Path) -> dict:
    """The pipeline with the sources of its scripts in place of their file names."""
    definition = json.loads((folder / "pipeline.json").read_text())

    def script(name: str) -> dict:
        return {"name": name, "source": (folder / name).read_text()}

    steps = []
    for step in definition["steps"]:
        stages = {stage: script(step[f"{stage}_script"]) for stage in ("pre", "main", "post") if step.get(f"{stage}_script")}
        steps.append({"name": step["name"], **stages})
    return {"name": definition["name"], "steps": steps}


def main(folder: Path = HERE / "capitals", service: str = "http://localhost:8080") -> None:
    api = f"{service}/api/v1"
    file = next(path for path in sorted(folder.glob("dataset.*")) if path.suffix in TYPES)

    dataset = call("POST", f"{api}/datasets?name={file.name}", file.read_bytes(), TYPES[file.suffix])
    order = {"datasetId": dataset["id"], "pipeline": read_pipeline(folder), "batchSize": 10}
    run = call("POST", f"{api}/runs", json.dumps(order).encode())
    while run["finishedAt"] is None:
        time.sleep(0.2)
        run = call("GET", f"{api}/runs/{run['id']}")
    print(run["status"], run["records"])

    for group in call("GET", f"{api}/runs/{run['id']}/failures")["items"]:
        print(f"{group['count']} × {group['type']}: {group['message']}")
    for value in call("GET", f"{api}/runs/{run['id']}/results?format=json&view=final")[:3]:
        print(value)


if __name__ == "__main__":
    main(*(convert(argument) for convert, argument in zip((Path, str), sys.argv[1:])))
