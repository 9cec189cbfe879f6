"""Web addresses that a page may link to: public, plain, and exactly what a browser makes of them (threat H1)."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

LONGEST = 2000
_HOST = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?[.])+[a-z][a-z0-9-]{0,61}[a-z0-9]", re.ASCII)
_LOCAL = ("localhost", "local", "internal", "lan", "home", "corp")  # names that no public server has (RFC 6761, 6762)
_PLAIN = re.compile(r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+", re.ASCII)


def is_public(address: str) -> bool:
    """Whether an address is http(s), names a public host without user name, and needs no escaping (RFC 3986)."""
    if len(address) > LONGEST or not _PLAIN.fullmatch(address) or re.search(r"%(?![0-9A-Fa-f]{2})", address):
        return False
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or parts.username is not None or port == 0:
        return False
    if urlunsplit(parts) != address and urlunsplit(parts) + "#" != address:
        return False
    # A last label of letters leaves out numbers of every spelling: 127.0.0.1, 0x7f.1, [::1].
    return _HOST.fullmatch(host) is not None and host.rpartition(".")[2] not in _LOCAL
