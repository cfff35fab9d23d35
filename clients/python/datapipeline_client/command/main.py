from __future__ import annotations

import os
import signal
import sys
from importlib import import_module
from io import TextIOWrapper
from typing import NoReturn

from datapipeline_client.command import exit_codes
from datapipeline_client.command.arguments import parse


def main() -> NoReturn:
    """Ends with one of `exit_codes`."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # An old terminal shows ? for what it does not have.
            stream.reconfigure(errors="replace")
    options = parse(arguments)
    # As an exception, so that files which are not whole yet are removed.
    signal.signal(signal.SIGTERM, _terminate)
    try:
        module, function = options.handler.split(":")
        code = getattr(import_module(f"datapipeline_client.command.{module}"), function)(options)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        return exit_codes.INTERRUPTED
    except BrokenPipeError:
        # The reader of the output has gone; Python would complain when it flushes the rest.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return exit_codes.UNUSABLE
    except OSError as problem:
        print(f"datapipeline: {problem}", file=sys.stderr)
        return exit_codes.UNUSABLE
    except Exception as problem:
        code = _code_of(problem)
        if code is None:
            raise
        print(f"datapipeline: {_text_of(problem)}", file=sys.stderr)
        return code


def _terminate(signal_number: int, frame: object) -> NoReturn:
    sys.exit(exit_codes.TERMINATED)


def _code_of(problem: Exception) -> int | None:
    from datapipeline_client import errors

    for kind, code in (
        (errors.ServiceUnreachable, exit_codes.UNREACHABLE),
        (errors.RequestRefused, exit_codes.REFUSED),
        (errors.VersionConflict, exit_codes.REFUSED),
        (errors.WaitTimedOut, exit_codes.NOT_OVER),
        (errors.InvalidInput, exit_codes.UNUSABLE),
    ):
        if isinstance(problem, kind):
            return code
    return None


def _text_of(problem: Exception) -> str:
    from datapipeline_client.errors import NotSignedIn, RequestRefused
    from datapipeline_client.text import printable

    lines = [printable(line) for line in str(problem).splitlines()]
    if isinstance(problem, NotSignedIn):
        lines.append("Make an API key on the page of your account, then: datapipeline login")
    if isinstance(problem, RequestRefused) and problem.code == "PROJECT_REQUIRED":
        lines.append("Here that is --project NAME, or DATAPIPELINE_PROJECT.")
    return "\n".join(lines)
