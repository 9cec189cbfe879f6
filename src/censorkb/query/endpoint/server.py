"""The server: applications at a port of this machine, until it is told to stop."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from waitress.server import create_server

from censorkb.query.endpoint.host import HOST

_HEADER = 1 << 16  # bytes; a query in an address stands in it
_IDLE = 30  # seconds that a client may keep us waiting
BODY = 1 << 20


class Application(Protocol):
    """A WSGI application (PEP 3333) that holds something until it is closed."""

    def __call__(self, environment: dict[str, Any], start: Callable[..., Any], /) -> Iterable[bytes]:
        """Answer a request."""

    def close(self) -> None:
        """Let go of what it holds."""


def serve(
    made: Callable[[int], Application],
    port: int,
    ready: Callable[[str], object],
    *,
    threads: int,
    body: int = BODY,
) -> None:
    """Serve until a signal comes.

    Args:
        made: makes the application when the port is ours; told the port.
        port: of this machine's own address; 0 for any that is free.
        ready: told host and port.
        threads: how many requests are answered at once.
        body: most bytes of a request.

    Raises:
        OSError: the port is taken.
    """
    applications: list[Application] = []
    server: Any = create_server(  # its types do not know the address
        lambda environment, start: applications[0](environment, start),
        host=HOST,
        port=port,
        threads=threads,
        max_request_body_size=body,
        max_request_header_size=_HEADER,
        channel_timeout=_IDLE,
        ident=None,
        expose_tracebacks=False,
    )
    try:
        applications.append(made(server.effective_port))
        ready(f"{server.effective_host}:{server.effective_port}")
        server.run()
    finally:
        server.close()
        for application in applications:
            application.close()
