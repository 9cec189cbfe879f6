"""The server: the service at a port of this machine, until it is told to stop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from waitress.server import create_server

from censorkb.ontology.ontology import Ontology
from censorkb.query.endpoint.service import HOST, PATH, Policy, Service

_HEADER = 1 << 16  # bytes; a query in an address stands in it
_IDLE = 30  # seconds that a client may keep us waiting


def serve(ontology: Ontology, out: Path, policy: Policy, port: int, ready: Callable[[str], object]) -> None:
    """Serve until a signal comes.

    Args:
        ontology: its prefixes are known to every query.
        out: folder of the build.
        policy: what clients may do.
        port: of this machine's own address; 0 for any that is free.
        ready: told the address.

    Raises:
        OSError: the port is taken.
    """
    services: list[Service] = []
    server: Any = create_server(  # its types do not know the address
        lambda environment, start: services[0](environment, start),
        host=HOST,
        port=port,
        threads=policy.engines + 2,  # so that somebody can say that all engines are at work
        max_request_body_size=policy.body,
        max_request_header_size=_HEADER,
        channel_timeout=_IDLE,
        ident=None,
        expose_tracebacks=False,
    )
    services.append(Service(ontology, out, policy, server.effective_port))
    try:
        ready(f"{server.effective_host}:{server.effective_port}{PATH}")
        server.run()
    finally:
        server.close()
        services[0].close()
