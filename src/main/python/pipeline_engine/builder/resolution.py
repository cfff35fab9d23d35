"""RESOLVE: has pip choose the wheels, and reduces its report. Runs in workers only."""

import json
import os
import platform
import subprocess
import tempfile

from pipeline_engine.builder.installer import Installer
from pipeline_engine.builder.orders import ResolveOrder
from pipeline_engine.builder.pip_output import Failure, FailureKind, explain
from pipeline_engine.builder.report import reduced
from pipeline_engine.linux.oom_watch import OomWatch
from pipeline_engine.protocol.documents import to_json

_BYTES_PER_READ = 65_536
_OUTPUT_KEPT = 262_144
_SECONDS_FOR_AN_ANSWER = "60"


def failed(failure: Failure) -> bytes:
    """The payload of RESOLVED for a failure."""
    return to_json({"installer": None, "packages": [], "failure": failure.document()})


def resolve(order: ResolveOrder) -> bytes:
    """The payload of RESOLVED."""
    installer = Installer.find()
    if installer is None:
        return failed(Failure(FailureKind.NO_INSTALLER, "the image has no pip"))
    if not _is_python_accepted(order.requires_python):
        return failed(Failure(FailureKind.PYTHON, platform.python_version(), order.requires_python))
    with tempfile.TemporaryDirectory() as folder:
        report = os.path.join(folder, "report.json")
        watch = OomWatch()
        status, output = _run_pip(installer, order, report, folder)
        if status:
            if watch.ran_out_of_memory():
                return failed(Failure(FailureKind.OUT_OF_MEMORY, "pip ran out of memory"))
            return failed(explain(output))
        with open(report, encoding="utf-8") as file:
            chosen = json.load(file)
    by_url = next((entry for entry in chosen["install"] if entry["is_direct"]), None)
    if by_url is not None:
        # A file of this image, or of the index by its address: pip found it, but no index has offered it.
        return failed(Failure(FailureKind.BY_URL, by_url["download_info"]["url"], by_url["metadata"]["name"]))
    packages = reduced(chosen)
    return to_json({"installer": installer.version, "packages": packages, "failure": None})


def _is_python_accepted(specifiers: str) -> bool:
    from pip._vendor.packaging.specifiers import SpecifierSet

    return SpecifierSet(specifiers).contains(platform.python_version(), prereleases=True)


def _run_pip(installer: Installer, order: ResolveOrder, report: str, folder: str) -> tuple[int, str]:
    """The exit code of pip, and the end of what it printed."""
    requirements = os.path.join(folder, "requirements.txt")
    with open(requirements, "w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in order.requirements)
    options = ["--isolated", "--no-input", "--no-color", "--disable-pip-version-check", "--no-cache-dir"]
    options += ["--retries", "0", "--timeout", _SECONDS_FOR_AN_ANSWER, "--progress-bar", "off"]
    options += ["--index-url", f"http://127.0.0.1:{order.port}/simple/", "--only-binary", ":all:"]
    process = subprocess.Popen(
        [
            *installer.command,
            "install",
            "--dry-run",
            "--ignore-installed",
            "--report",
            report,
            *options,
            "-r",
            requirements,
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=folder,
        env={"PATH": os.defpath, "HOME": folder, "TMPDIR": folder, "LANG": "C.UTF-8"},
    )
    output = bytearray()
    if process.stdout is not None:
        while piece := os.read(process.stdout.fileno(), _BYTES_PER_READ):
            os.write(1, piece)
            output += piece
            del output[:-_OUTPUT_KEPT]
    return process.wait(), output.decode("utf-8", "replace")
