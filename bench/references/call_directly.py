"""Runs one script on one record outside of a sandbox, straight against the server that OPENAI_BASE_URL names.

usage: python3 call_directly.py SCRIPT RECORD

RECORD is JSON; what the script makes of it is printed.
"""

import json
import runpy
import sys


def main() -> None:
    script, record = sys.argv[1:]
    print(json.dumps(runpy.run_path(script)["transform"](json.loads(record))))


if __name__ == "__main__":
    main()
