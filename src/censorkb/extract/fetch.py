"""Fetching: one page at an address that somebody gave, within limits, and never from a private network.

The name is resolved once, every address of it must be public, and the connection goes to the address that was checked,
so that a name can't change its mind in between (DNS rebinding). Redirects are checked like the first address.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from censorkb.problem import Refusal

MOST_BYTES = 8 * 1024 * 1024
MOST_SECONDS = 30.0
MOST_REDIRECTS = 5
_AGENT = "censorkb (reads one page on request)"
_PORTS = {"http": 80, "https": 443}


class Refused(Refusal):
    """An address is not fetched, or could not be."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered.

    Args:
        url: the last address, after redirects.
        status: the status line without the version: `200 OK`.
        headers: the headers.
        body: the content as it was sent.
    """

    url: str
    status: str
    headers: tuple[tuple[str, str], ...]
    body: bytes


def fetch(url: str) -> Answer:
    """Fetch a page.

    Args:
        url: an http or https address.

    Raises:
        Refused: the address is not public, or no page came within the limits.
    """
    until = time.monotonic() + MOST_SECONDS
    for _ in range(MOST_REDIRECTS + 1):
        answer, onward = _get(url, until)
        if onward is None:
            return answer
        url = urljoin(url, onward)
    raise Refused("redirects", most=MOST_REDIRECTS)


def public_address(host: str, port: int) -> str:
    """The address of a host, if all its addresses are public.

    Args:
        host: its name.
        port: the port, for the resolver.

    Raises:
        Refused: it has no address, or one in a private, local or reserved network.
    """
    try:
        found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as fault:
        raise Refused("no-address", host=host) from fault
    for address in sorted(found):
        number = ipaddress.ip_address(address.partition("%")[0])
        inner = getattr(number, "ipv4_mapped", None) or getattr(number, "sixtofour", None) or number
        if not inner.is_global or inner.is_multicast or not number.is_global:
            raise Refused("not-on-internet", host=host)
    return min(found)


def _get(url: str, until: float) -> tuple[Answer, str | None]:
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise Refused("only-http")
    try:
        port = parts.port or _PORTS[parts.scheme]
    except ValueError as fault:
        raise Refused("port-no-number") from fault
    if parts.username or port not in _PORTS.values():
        raise Refused("unusual-address")
    address = public_address(parts.hostname, port)
    connection = http.client.HTTPConnection(parts.hostname, port, timeout=max(1.0, until - time.monotonic()))
    try:
        plain = socket.create_connection((address, port), timeout=connection.timeout)
        secure = parts.scheme == "https"
        connection.sock = (
            ssl.create_default_context().wrap_socket(plain, server_hostname=parts.hostname) if secure else plain
        )
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request(
            "GET", target, headers={"User-Agent": _AGENT, "Accept": "text/html", "Accept-Encoding": "identity"}
        )
        response = connection.getresponse()
        if response.status in (301, 302, 303, 307, 308):
            return Answer(url, "", (), b""), response.headers.get("Location") or ""
        if response.status != 200:
            raise Refused("server-answered", status=response.status)
        body = _body(response, until)
    except (OSError, http.client.HTTPException) as fault:
        raise Refused("no-page-came", word=type(fault).__name__) from fault
    finally:
        connection.close()
    return Answer(url, f"200 {response.reason}", tuple(response.headers.items()), body), None


def _body(response: http.client.HTTPResponse, until: float) -> bytes:
    kept = bytearray()
    while piece := response.read1(65536):
        kept += piece
        if len(kept) > MOST_BYTES:
            raise Refused("long-page", most=MOST_BYTES // 1024 // 1024)
        if time.monotonic() > until:
            raise Refused("late-page", seconds=f"{MOST_SECONDS:.0f}")
    return bytes(kept)
