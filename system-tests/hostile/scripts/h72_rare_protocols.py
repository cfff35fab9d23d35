"""H72: protocols that sockets of the allowed families can have, each with code of the kernel's behind it.

record 2: SUCCEEDED
    multipath TCP: EPERM
    UDP-Lite: EPERM
    ping: EPERM
    ping, version 6: EPERM
    SCTP: EPERM
    SCTP by default: EPERM
    DCCP: EPERM
    raw: EPERM
    TCP: succeeded
    UDP: succeeded
    UDP, version 6: succeeded
"""

import socket

from attempts import outcomes

KINDS = {
    "multipath TCP": (2, 1, 262), "UDP-Lite": (2, 2, 136), "ping": (2, 2, 1), "ping, version 6": (10, 2, 58), "SCTP": (2, 1, 132),
    "SCTP by default": (2, 5, 0), "DCCP": (2, 6, 33), "raw": (2, 3, 255), "TCP": (2, 1, 6), "UDP": (2, 2, 0),
    "UDP, version 6": (10, 2, 17),
}


def transform(record):
    if record["n"] == 2:
        record["answers"] = outcomes({name: lambda kind=kind: socket.socket(*kind).close() for name, kind in KINDS.items()})
    return record
