"""H57: fetches software and pages.

record 2: SUCCEEDED
    pip: did not help
    urllib: URLError
    webbrowser: no browser
    ftplib: gaierror
"""

import ftplib
import subprocess
import sys
import urllib.request
import webbrowser

from attempts import outcomes


def install():
    done = subprocess.run(
        [sys.executable, "-m", "pip", "install", "--retries", "0", "--timeout", "1", "--target", "/tmp", "requests"], capture_output=True
    )
    return "did not help" if done.returncode else "installed"


def open_page():
    try:
        return "opened" if webbrowser.open("https://example.org") else "no browser"
    except webbrowser.Error:
        return "no browser"


def transform(record):
    if record["n"] == 2:
        record["answers"] = outcomes({
            "pip": install,
            "urllib": lambda: urllib.request.urlopen("https://example.org", timeout=2).close(),
            "webbrowser": open_page,
            "ftplib": lambda: ftplib.FTP("example.org", timeout=2).close(),
        })
    return record
