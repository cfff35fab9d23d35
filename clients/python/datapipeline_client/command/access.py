from __future__ import annotations

import sys
from argparse import Namespace
from typing import Any

from datapipeline_client.client import Client
from datapipeline_client.command import exit_codes
from datapipeline_client.command.output import print_json, writes_json
from datapipeline_client.errors import InvalidInput
from datapipeline_client.files.credentials import Credentials, credentials, forget, remember
from datapipeline_client.text import printable


def login(options: Namespace) -> int:
    """Asks for the key, tries it, and keeps it. It is never an argument, which other users of the machine could see."""
    url = options.address or credentials(options.url).url
    key = _read_key(url)
    me = Client(url, key, project=options.project, patience=10).me()
    if not key and not me["singleUser"]:
        raise InvalidInput(f"{url} has users, so that it needs an API key.")
    path = remember(Credentials(url, key, options.project))
    if writes_json(options):
        print_json({"url": url, **me, "file": str(path)})
        return exit_codes.OK
    who = "without a user; it has none" if me["singleUser"] else f"as {printable(me['username'])} ({_roles(me)})"
    print(f"Logged in to {url} {who}. Kept in {path}, which only you can read.")
    return exit_codes.OK


def logout(options: Namespace) -> int:
    url = forget(options.address or options.url)
    if writes_json(options):
        print_json({"forgotten": url})
    else:
        print(f"{url} is forgotten." if url else "There is no login.")
    return exit_codes.OK


def _roles(me: dict[str, Any]) -> str:
    """The role in each project, where there are several."""
    projects = me.get("projects") or []
    return printable(", ".join(f"{project['role']} in {project['name']}" for project in projects) or me["role"])


def _read_key(url: str) -> str | None:
    if sys.stdin.isatty():
        from getpass import getpass

        said = getpass(f"API key for {url} (empty where it has no users): ")
    else:
        said = sys.stdin.readline()
    key = said.strip()
    if any(character.isspace() or not character.isprintable() for character in key) or not key.isascii():
        raise InvalidInput("That is no API key: it has blanks or unusual characters.")
    return key or None
