"""H39: connects to the world, the metadata of a cloud, the host, its database, and asks for names.

time limit: 5
record 2: SUCCEEDED
    the world: ENETUNREACH
    the world by IPv6: ENETUNREACH or EAFNOSUPPORT or EADDRNOTAVAIL
    cloud metadata: ENETUNREACH
    the host: ENETUNREACH
    database: ECONNREFUSED
    service: ECONNREFUSED
    a name: gaierror
    a datagram: ENETUNREACH
    a broadcast: ENETUNREACH or EACCES
    ping: ENETUNREACH or EPERM or EACCES
    raw packets: EPERM
    netlink: EPERM
    interfaces: lo
"""

import os
import socket

from attempts import outcomes

SECONDS = 1


def connect(address, port, family=socket.AF_INET):
    with socket.socket(family) as channel:
        channel.settimeout(SECONDS)
        channel.connect((address, port))


def send(address, port):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as channel:
        channel.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        channel.sendto(b"anybody there?", (address, port))


def ping():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_ICMP) as channel:
        channel.sendto(b"\x08\x00\x00\x00\x00\x00\x00\x00", ("1.1.1.1", 0))


def transform(record):
    if record["n"] == 2:
        record["answers"] = outcomes({
            "the world": lambda: connect("1.1.1.1", 443),
            "the world by IPv6": lambda: connect("2606:4700:4700::1111", 443, socket.AF_INET6),
            "cloud metadata": lambda: connect("169.254.169.254", 80),
            "the host": lambda: connect("172.17.0.1", 22),
            "database": lambda: connect("127.0.0.1", 5432),
            "service": lambda: connect("127.0.0.1", 8080),
            "a name": lambda: socket.getaddrinfo("example.org", 80),
            "a datagram": lambda: send("1.1.1.1", 53),
            "a broadcast": lambda: send("255.255.255.255", 67),
            "ping": ping,
            "raw packets": lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP).close(),
            "netlink": lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW).close(),
            "interfaces": lambda: " ".join(os.listdir("/sys/class/net")),
        })
    return record
