"""H40: serves on every address and talks to itself: harmless, nobody else hears it.

record 2: SUCCEEDED
    loopback: works
"""

import socket
import threading

from attempts import outcomes


def talk():
    with socket.create_server(("0.0.0.0", 0)) as server:
        answer = threading.Thread(target=lambda: server.accept()[0].sendall(b"works"))
        answer.start()
        with socket.create_connection(("127.0.0.1", server.getsockname()[1])) as channel:
            heard = channel.recv(100).decode()
        answer.join()
    return heard


def transform(record):
    if record["n"] == 2:
        record["answers"] = outcomes({"loopback": talk})
    return record
