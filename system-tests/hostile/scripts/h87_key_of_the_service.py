"""H87: looks for the key in errors, headers, environments and memory; whatever it finds is in the results, where the test looks for it.

models: one
record 2: SUCCEEDED
    an error that quotes the key: 400 refused
    an answer that quotes the key: 200
    key in the environment: dpf-sandbox
"""

import os

from attempts import connect, heard_on, meaning_of, model_call, outcomes

MOST_BYTES = 50_000
SEEN = {}


def ask(name, prompt):
    with connect() as channel:
        channel.sendall(model_call(messages=[{"role": "user", "content": prompt}]))
        heard = heard_on(channel)
    SEEN[name] = heard.decode("utf-8", "replace")
    return meaning_of(heard)


def look_at_processes():
    for process in filter(str.isdecimal, os.listdir("/proc")):
        for name in ("environ", "cmdline", "maps"):
            try:
                with open(f"/proc/{process}/{name}", "rb") as file:
                    SEEN[f"{process} {name}"] = file.read(MOST_BYTES).decode("utf-8", "replace")
            except OSError:
                pass


def strings_with_key():
    """Of this process, in whose memory nothing of the service may be."""
    found = b""
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb") as memory:
        for line in maps:
            if " rw" in line:
                start, end = (int(part, 16) for part in line.split()[0].split("-"))
                try:
                    memory.seek(start)
                    block = memory.read(end - start)
                except (OSError, ValueError, OverflowError):
                    continue
                at = block.find(b"sk-" + b"stub")
                found += block[at : at + 60] if at >= 0 else b""
    return found.decode("utf-8", "replace")


def transform(record):
    if record["n"] == 2:
        record["answers"] = outcomes({
            "an error that quotes the key": lambda: ask("error", "refuse"),
            "an answer that quotes the key": lambda: ask("answer", "tell the key"),
            "key in the environment": lambda: os.environ["OPENAI_API_KEY"],
        })
        look_at_processes()
        SEEN["memory"] = strings_with_key()
        record["seen"] = SEEN
    return record
