"""The site of the toy as `censorkb build` writes it, on a plain web server and on the disk, and who reads it."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from toysite import TOY

from censorkb.root import Root

needs_bundle = pytest.mark.skipif(
    Root(TOY).web is None,
    reason="censorkb was installed without the scripts that npm has (CENSORKB_WEB=0, or npm could not be reached)",
)


@contextmanager
def serving(site: Path) -> Iterator[str]:
    """A folder on a plain web server; gives its address."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@contextmanager
def reader(browser: Browser, width: int = 1280, *, script: bool = True) -> Iterator[Page]:
    """A page that complains, at its end, of errors and of requests that leave the site."""
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    ours = ("file:", "data:", "blob:", "http://127.0.0.1:")
    page.on("request", lambda r: None if r.url.startswith(ours) else complaints.append(r.url))
    yield page
    context.close()
    assert complaints == []
