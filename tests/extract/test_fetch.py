"""Fetching refuses what is not public, before anything is sent."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from censorkb.extract import fetch as fetching
from censorkb.extract.fetch import Refused, fetch, public_address

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://192.168.1.1/",
        "http://[::ffff:127.0.0.1]/",
        "http://0.0.0.0/",
        "http://224.0.0.1/",
        "http://[fe80::1]/",
        "http://2130706433/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "http://user:secret@example.org/",
        "http://example.org:22/",
        "http://example.org:abc/",
        "http:///nothing",
    ],
)
def test_an_address_that_is_not_public_is_refused(url: str):
    with pytest.raises(Refused):
        fetch(url)


def test_every_address_of_a_name_must_be_public(monkeypatch):
    answers = [(2, 1, 6, "", ("93.184.216.34", 80)), (2, 1, 6, "", ("10.0.0.1", 80))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *args, **rest: answers)
    with pytest.raises(Refused, match="not on the public internet"):
        public_address("rebinding.example", 80)
    del answers[1]
    assert public_address("fine.example", 80) == "93.184.216.34"


class Pages(BaseHTTPRequestHandler):
    """A server that answers well at one address and badly at all others."""

    def do_GET(self):
        if self.path == "/inward":
            self.send_response(302)
            self.send_header("Location", "http://10.0.0.1/secret")
            self.end_headers()
        elif self.path == "/around":
            self.send_response(302)
            self.send_header("Location", "/around")
            self.end_headers()
        elif self.path == "/broken":
            self.send_error(500)
        else:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self._body()

    def _body(self):
        with contextlib.suppress(OSError):
            for _ in range(40 if self.path in ("/long", "/slow") else 1):
                self.wfile.write(b"<html>page</html>" if self.path == "/page" else b"x" * 4096)
                time.sleep(0.1 if self.path == "/slow" else 0)

    def log_message(self, *words):
        pass


@pytest.fixture
def served(monkeypatch):
    """An address on loopback that stands for a public one, until a redirect leads elsewhere."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    real, check = socket.create_connection, fetching.public_address
    monkeypatch.setattr(
        fetching, "public_address", lambda host, port: "server" if host == "news.example" else check(host, port)
    )
    monkeypatch.setattr("socket.create_connection", lambda address, timeout: real(server.server_address, timeout))
    yield "http://news.example"
    server.shutdown()
    server.server_close()


def test_a_page_is_fetched(served):
    answer = fetch(f"{served}/page")
    assert (answer.status, answer.body) == ("200 OK", b"<html>page</html>")


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/inward", "not on the public internet"),
        ("/around", "more than 5 redirects"),
        ("/broken", "answered 500"),
        ("/long", "longer than"),
        ("/slow", "within 1 seconds"),
    ],
)
def test_a_bad_answer_is_refused(served, monkeypatch, path: str, why: str):
    monkeypatch.setattr(fetching, "MOST_SECONDS", 1.0)
    monkeypatch.setattr(fetching, "MOST_BYTES", 10**9 if path == "/slow" else 65536)
    with pytest.raises(Refused, match=why):
        fetch(f"{served}{path}")
