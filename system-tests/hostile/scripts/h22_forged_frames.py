"""H22: writes frames of the engine's protocol to every descriptor, and to what they lead to.

record 1: SUCCEEDED
record 3: SUCCEEDED
"""

import os
import struct

DONE = b'{"records":1,"succeeded":1,"failed":0,"skipped":0,"crashes":0}'
RESULT = struct.pack(">IIBB", 6, 0, 1, 0)
FRAMES = b"".join(struct.pack(">Ic", len(body), kind) + body for kind, body in ((b"R", RESULT), (b"D", DONE), (b"W", b"")))
# Letters by which a batch process says that its work is over; a process that says so before is taken at its word, see H24.
HARMLESS = FRAMES.replace(b"e", b"E").replace(b"f", b"F")


def write_everywhere(folder):
    for name in os.listdir(folder):
        try:
            descriptor = int(name) if folder == "/proc/self/fd" else os.open(f"{folder}/{name}", os.O_WRONLY | os.O_NONBLOCK)
            os.set_blocking(descriptor, False)
            os.write(descriptor, HARMLESS)
        except OSError:
            pass


def transform(record):
    if record["n"] == 1:
        for descriptor in range(3, 256):
            try:
                os.set_blocking(descriptor, False)
                os.write(descriptor, HARMLESS)
            except OSError:
                pass
    if record["n"] == 3:
        for process in ("self", str(os.getppid()), "1"):
            try:
                write_everywhere(f"/proc/{process}/fd")
            except OSError:
                pass
    return record
