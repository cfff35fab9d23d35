from __future__ import annotations

import os
from base64 import b64encode
from typing import NamedTuple
from urllib.parse import quote, unquote, urlencode, urlsplit

from datapipeline_client.errors import InvalidInput

DEFAULT_PORTS = {"http": 80, "https": 443}


class Address(NamedTuple):
    """Where the service is; prefix is the path under which a reverse proxy has it, empty by default."""

    scheme: str
    host: str
    port: int
    prefix: str

    @property
    def url(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.prefix}"

    @property
    def is_encrypted(self) -> bool:
        return self.scheme == "https"


def parse_address(url: str) -> Address:
    """Raises InvalidInput with what is wrong."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as problem:
        raise InvalidInput(f"{url!r} is not an address of a service: {problem}") from None
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
        raise InvalidInput(f"{url!r} is not an address of a service. One looks like http://localhost:8080.")
    if parts.username is not None or parts.query or parts.fragment:
        raise InvalidInput("The address of a service has no user, query or fragment; API keys are given apart from it.")
    return Address(
        parts.scheme, parts.hostname, DEFAULT_PORTS[parts.scheme] if port is None else port, parts.path.rstrip("/")
    )


def target(path: str, query: dict[str, object] | None = None) -> str:
    """Path and query; parameters that are None are left out, lists are repeated."""
    pairs = []
    for name, value in (query or {}).items():
        values = value if isinstance(value, (list, tuple)) else [value]
        pairs += [(name, _text(single)) for single in values if single is not None]
    return f"{path}?{urlencode(pairs)}" if pairs else path


def segment(text: object) -> str:
    """One segment of a path, whatever it holds."""
    return quote(str(text), safe="")


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


class Proxy(NamedTuple):
    """An HTTP proxy, with the header that it wants from those who have a name there."""

    host: str
    port: int
    headers: dict[str, str]


def proxy_for(address: Address) -> Proxy | None:
    """The HTTP proxy that the environment names for this address, as other programs understand it."""
    if not any(name.lower().endswith("_proxy") for name in os.environ):
        return None
    from urllib.request import getproxies_environment, proxy_bypass

    url = getproxies_environment().get(address.scheme)
    if not url or proxy_bypass(f"{address.host}:{address.port}"):
        return None
    parts = urlsplit(url if "://" in url else f"http://{url}")
    if not parts.username:
        return Proxy(parts.hostname or "", parts.port or 8080, {})
    person = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    authorization = f"Basic {b64encode(person.encode()).decode()}"
    return Proxy(parts.hostname or "", parts.port or 8080, {"Proxy-Authorization": authorization})
