"""H55: writes what terminals and browsers might obey: control sequences, carriage returns, markup.

record 2: SUCCEEDED
log: "<img src=x onerror=alert(1)>"
"""

import sys

POISON = "\x1b]0;title\x07\x1b[2J\x1b[31mred\r\nHTTP/1.1 200 OK\r\n\r\n\u202ebackwards\x00\x9b5m <img src=x onerror=alert(1)>\n"


def transform(record):
    if record["n"] == 2:
        sys.stderr.buffer.write(b"\xff\xfe invalid UTF-8 \xc3\n")
        print(POISON * 10_000, file=sys.stderr)
        print(POISON)
    return record
