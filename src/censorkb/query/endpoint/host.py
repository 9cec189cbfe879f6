"""The host: what a server on this machine is called.

A page of a stranger who gives his own name our address (DNS rebinding) could else read what is served here.
"""

from __future__ import annotations

HOST = "127.0.0.1"
_HTTP = 80  # a browser does not write it


def names(port: int) -> frozenset[str]:
    """What the field Host may say (RFC 9110, section 7.2).

    Args:
        port: at which the server listens.
    """
    left_out = ["", f":{port}"] if port == _HTTP else [f":{port}"]
    return frozenset(f"{name}{end}" for name in (HOST, "localhost", "[::1]") for end in left_out)
