"""The confinement of this sandbox as the kernel reports it, read before any user code arrives."""

import os
from typing import Any

_MEMORY_LIMITS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")
_PROCESS_LIMITS = ("/sys/fs/cgroup/pids.max", "/sys/fs/cgroup/pids/pids.max")
_FILTER_MODE = "2"


def confinement() -> dict[str, Any]:
    """The document that HELLO carries. `memoryBytes` and `processes` are None where there is no limit."""
    status = _status()
    return {
        "user": os.getuid(),
        "capabilities": status.get("CapEff", "unknown"),
        "noNewPrivileges": status.get("NoNewPrivs") == "1",
        "filtersSystemCalls": status.get("Seccomp") == _FILTER_MODE,
        "routes": sorted(_interfaces_with_routes()),
        "writableRoot": not os.statvfs("/").f_flag & os.ST_RDONLY,
        "memoryBytes": _limit(_MEMORY_LIMITS),
        "processes": _limit(_PROCESS_LIMITS),
    }


def _status() -> dict[str, str]:
    lines = (line.partition(":") for line in _read("/proc/self/status").splitlines())
    return {name: value.strip() for name, _, value in lines}


def _interfaces_with_routes() -> set[str]:
    """Interfaces that have a route; some kernels give unused interfaces to every network namespace."""
    version_4 = {line.split()[0] for line in _read("/proc/net/route").splitlines()[1:] if line.strip()}
    version_6 = {line.split()[-1] for line in _read("/proc/net/ipv6_route").splitlines() if line.strip()}
    return (version_4 | version_6) - {"lo"}


def _limit(places: tuple[str, ...]) -> int | None:
    for place in places:
        text = _read(place).strip()
        if text.isdecimal():
            return int(text)
    return None


def _read(path: str) -> str:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""
