"""The client: requests to somebody else's server, whose every answer is distrusted until it was read to its end.

httpx does the HTTP: it follows no redirect unasked, notices half an answer, and knows Basic and Digest. Names and passwords come
from CENSORKB_ENDPOINT_USER and CENSORKB_ENDPOINT_PASSWORD or from a netrc file, never from an address.
"""

from __future__ import annotations

import netrc
import os
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Self

import httpx

from censorkb.problem import Failure, shown

_LARGEST = 1 << 30  # bytes of an answer
_PIECE = 1 << 16
_HOST = re.compile(r"[\w.-]+|[0-9A-Fa-f:.]+")
LOOPBACK = ("127.0.0.1", "localhost", "::1")
Body = bytes | Iterable[bytes]


class EndpointFailed(Failure):
    """A server can't be used.

    Attributes:
        status: that of its answer; 0 if none came.
        wait: seconds after which it wants to be asked again; 0 if it does not say.
        is_late: whether it took too long.
    """

    status = 0
    wait = 0.0
    is_late = False


class Refused(EndpointFailed):
    """The server does not take a request (status 400)."""


class Client:
    """Talks to one server.

    Args:
        address: of what is asked most; credentials go to its host only.
        seconds: for a whole answer; 0 for no end.
        largest: bytes of an answer.
        key: sent to the host as a bearer token (RFC 6750) in the place of name and password; nothing is if it is empty.
    """

    def __init__(self, address: str, seconds: float = 60.0, largest: int = _LARGEST, key: str | None = None) -> None:
        self._url = _checked(address)
        self.name = shown(str(self._url))
        self._seconds = seconds
        self._largest, self._key = largest, key
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._http = httpx.Client(timeout=seconds or None, follow_redirects=False, headers=headers)
        self._auth: httpx.Auth | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connection."""
        self._http.close()

    def send(
        self,
        method: str,
        address: str,
        parameters: Mapping[str, str],
        body: Body = b"",
        headers: Mapping[str, str] | None = None,
        also: tuple[int, ...] = (),
    ) -> tuple[httpx.Headers, bytes]:
        """Send a request and read all of the answer.

        Args:
            method: of HTTP.
            address: where to, on the same host.
            parameters: put into the address.
            body: what is sent; an iterable must start anew each time.
            headers: of the request.
            also: statuses that are as good as success.

        Returns:
            Headers and bytes.

        Raises:
            EndpointFailed: anything but success.
        """
        url = _checked(address)
        if url.host != self._url.host:
            raise EndpointFailed("other-host", address=str(url), name=self.name)
        url = url.copy_merge_params(dict(parameters))
        for again in (True, False):
            try:
                status, found, content = self._exchange(method, url, body, headers or {}, also)
            except httpx.TimeoutException:
                raise self.late() from None
            except httpx.RemoteProtocolError:
                raise EndpointFailed("broke-off", name=self.name) from None
            except httpx.TransportError:
                raise EndpointFailed("unreachable", name=self.name) from None
            if status == httpx.codes.UNAUTHORIZED and again and self._knows(found):
                continue
            if not (httpx.codes.is_success(status) or status in also):
                raise _with_status(self._refusal(status, found), status, found)
            return found, content
        raise AssertionError("the second time is the last")

    def _exchange(
        self, method: str, url: httpx.URL, body: Body, headers: Mapping[str, str], also: tuple[int, ...]
    ) -> tuple[int, httpx.Headers, bytes]:
        end = time.monotonic() + self._seconds
        request = self._http.build_request(method, url, content=body, headers=headers)
        response = self._http.send(request, stream=True, auth=self._auth)
        try:
            content = bytearray()
            if response.is_success or response.status_code in also:
                for piece in response.iter_bytes():
                    content += piece
                    if len(content) > self._largest:
                        large = EndpointFailed("sends-too-much", name=self.name, megabytes=f"{self._largest >> 20:,}")
                        raise _with_status(large, response.status_code, response.headers)
                    if self._seconds and time.monotonic() > end:  # a byte now and then would keep us for ever
                        raise self.late()
            return response.status_code, response.headers, bytes(content)
        finally:
            response.close()

    def _knows(self, headers: httpx.Headers) -> bool:
        """Whether there is an answer to a server that asks who we are."""
        user, password = _credentials(self._url.host)
        if not user or self._auth is not None or self._key is not None:
            return False
        scheme = headers.get("WWW-Authenticate", "").partition(" ")[0].lower()
        if scheme == "digest":
            self._auth = httpx.DigestAuth(user, password)
        elif scheme == "basic" and (self._url.scheme == "https" or self._url.host in LOOPBACK):
            self._auth = httpx.BasicAuth(user, password)
        return self._auth is not None

    def late(self) -> EndpointFailed:
        """That the server took too long."""
        late = EndpointFailed("not-answered", name=self.name, seconds=f"{self._seconds:g}")
        late.is_late = True
        return late

    def _refusal(self, status: int, headers: httpx.Headers) -> EndpointFailed:
        match status:
            case 400:
                return Refused("not-understood", name=self.name)
            case 401 | 403:
                return EndpointFailed("keeps-out", name=self.name, status=status)
            case 404:
                return EndpointFailed("nothing-there", name=self.name)
            case _ if 300 <= status < 400:
                place = headers.get("Location", "")
                return EndpointFailed(
                    "leads-on" if place else "leads-nowhere", name=self.name, place=place, status=status
                )
        return EndpointFailed("server-failed", name=self.name, status=status)


def _with_status(fault: EndpointFailed, status: int, headers: httpx.Headers) -> EndpointFailed:
    fault.status = status
    wait = headers.get("Retry-After", "")
    fault.wait = float(wait) if wait.isascii() and wait.isdigit() and len(wait) < 9 else 0.0
    return fault


def _checked(address: str) -> httpx.URL:
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL:
        raise EndpointFailed("no-web-address", address=address) from None
    if url.userinfo:
        raise EndpointFailed("password-in-address", host=url.host)
    if url.scheme not in ("http", "https") or not _HOST.fullmatch(url.host):
        raise EndpointFailed("not-http", address=address)
    return url


def _credentials(host: str) -> tuple[str, str]:
    """Name and password for a host; empty if there are none."""
    if user := os.environ.get("CENSORKB_ENDPOINT_USER"):
        return user, os.environ.get("CENSORKB_ENDPOINT_PASSWORD", "")
    return netrc_entry(host)


def netrc_entry(host: str) -> tuple[str, str]:
    """Name and password for a host in the netrc file of the user; empty if there are none."""
    path = os.environ.get("NETRC") or Path.home() / ".netrc"
    try:
        user, _, password = netrc.netrc(str(path)).authenticators(host) or ("", "", "")
    except (OSError, netrc.NetrcParseError):
        return "", ""
    return user, password or ""


def pieces(path: Path) -> Iterator[bytes]:
    """The bytes of a file, piece by piece."""
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece
