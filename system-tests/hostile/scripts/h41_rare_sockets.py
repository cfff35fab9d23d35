"""H41: sockets of families that reach past namespaces or into rarely used parts of the kernel.

record 2: SUCCEEDED
    vsock to the host: EPERM or EAFNOSUPPORT
    crypto: EPERM or EAFNOSUPPORT
    packet: EPERM or EAFNOSUPPORT
    bluetooth: EPERM or EAFNOSUPPORT
    express data path: EPERM or EAFNOSUPPORT
    netlink: EPERM or EAFNOSUPPORT
    can: EPERM or EAFNOSUPPORT
    tipc: EPERM or EAFNOSUPPORT
    rds: EPERM or EAFNOSUPPORT
    key: EPERM or EAFNOSUPPORT
    infrared: EPERM or EAFNOSUPPORT
    every other family: refused
"""

import socket

from attempts import outcome_of, outcomes

FAMILIES = {
    "crypto": 38, "packet": 17, "bluetooth": 31, "express data path": 44, "netlink": 16, "can": 29, "tipc": 30, "rds": 21,
    "key": 15, "infrared": 23,
}
HARMLESS = {socket.AF_UNIX, socket.AF_INET, socket.AF_INET6}


def open_socket(family):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
        try:
            socket.socket(family, kind).close()
            return
        except OSError as problem:
            refused = problem
    raise refused


def talk_to_host():
    with socket.socket(40, socket.SOCK_STREAM) as channel:
        channel.connect((2, 22))


def every_other():
    allowed = [family for family in range(64) if family not in HARMLESS and outcome_of(lambda f=family: open_socket(f)) == "succeeded"]
    return f"allowed: {allowed}" if allowed else "refused"


def transform(record):
    if record["n"] == 2:
        record["answers"] = outcomes(
            {"vsock to the host": talk_to_host}
            | {name: lambda f=family: open_socket(f) for name, family in FAMILIES.items()}
            | {"every other family": every_other}
        )
    return record
