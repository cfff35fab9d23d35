"""Landlock: a process gives up rights, for itself and its descendants.

Unlike owners and modes of files it also applies to the process's own entries in /proc.
See https://docs.kernel.org/userspace-api/landlock.html
"""

import ctypes
import os
import struct
from collections.abc import Iterable

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446

_VERSION = 1
_PATH_BENEATH = 1
_WRITE_FILE = 1 << 1
_REFER = 1 << 13
"""Moving and linking files between folders; always denied before version 2."""

_LEAST_VERSION = 2

_SCOPE_SIGNAL = 1 << 1
_LEAST_VERSION_WITH_SCOPES = 6

_libc = ctypes.CDLL(None)
_libc.syscall.restype = ctypes.c_long


def write_only_beneath(folders: Iterable[str], signals_stay_within: bool = False) -> bool:
    """Deny writing to files outside of `folders`, irrevocably; false if the kernel does not support that.

    With `signals_stay_within` also deny, since Linux 6.12, signals to all but this process and its descendants.
    """
    version = _call(_CREATE_RULESET, None, 0, _VERSION)
    if version < _LEAST_VERSION:
        return False
    rights = _WRITE_FILE | _REFER
    attributes = struct.pack("=Q", rights)
    if signals_stay_within and version >= _LEAST_VERSION_WITH_SCOPES:
        attributes = struct.pack("=QQQ", rights, 0, _SCOPE_SIGNAL)
    ruleset = _call(_CREATE_RULESET, attributes, len(attributes), 0)
    if ruleset < 0:
        return False
    try:
        for folder in folders:
            _allow(ruleset, rights, folder)
        return _call(_RESTRICT_SELF, ruleset, 0) == 0
    finally:
        os.close(ruleset)


def _allow(ruleset: int, rights: int, folder: str) -> None:
    try:
        descriptor = os.open(folder, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        # A folder that does not exist needs no right.
        return
    try:
        _call(_ADD_RULE, ruleset, _PATH_BENEATH, struct.pack("=Qi", rights, descriptor), 0)
    finally:
        os.close(descriptor)


def _call(number: int, *arguments: int | bytes | None) -> int:
    values = [ctypes.c_long(value) if isinstance(value, int) else value for value in arguments]
    result: int = _libc.syscall(ctypes.c_long(number), *values)
    return result
