"""Only public web addresses become links."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from censorkb.graph.web import LONGEST, is_public


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "https://example.org/",
        "http://www.example.co.uk/a/b.html",
        "https://example.org:8443/a",
        "https://Example.org/A",
        "https://example.org/a?b=c&d=e;f#g",
        "https://example.org/a_(b),c!$'*+=@:~",
        "https://example.org/%D0%A0%D0%BE",
        "https://xn--e1afmkfd.xn--p1ai/",
        "https://web.archive.org/web/2026/https://example.org/a",
        "https://court.example/case",
        "https://a-b.example.org/" + "x" * 1900,
    ],
)
def test_these_are_public_addresses(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "example.org",
        "//example.org/",
        "HTTPS://example.org/",
        "https://example.org/?",
        "https:example.org",
        "https:/example.org",
        "https:///example.org",
        "https://",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "javascript://example.org/%0aalert(1)",
        "data:text/html,<script>",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://example.org/",
        "mailto:a@example.org",
        "blob:https://example.org/x",
        "view-source:https://example.org/",
        "https://user@example.org/",
        "https://user:pass@example.org/",
        "https://@example.org/",
        "https://example.org@evil.example/",
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.0x1/",
        "http://0177.0.0.1/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://localhost/",
        "http://localhost:8000/",
        "http://a.localhost/",
        "http://printer.local/",
        "http://wiki.internal/",
        "http://example/",
        "http://example.org./",
        "http://.example.org/",
        "http://example..org/",
        "http://-example.org/",
        "http://exa_mple.org/",
        "http://example.org:0/",
        "http://example.org:99999/",
        "http://example.org:http/",
        "http://example.org:-1/",
        " https://example.org/",
        "https://example.org/ ",
        "https://example.org/a b",
        "https://example.org/a\tb",
        "ht\ntps://example.org/",
        "https://example.org/\n",
        "https://example.org\\@evil.example/",
        "https:\\\\example.org/",
        "https://example.org/%zz",
        "https://example.org/%",
        "https://example.org/%2",
        "https://exam%70le.org/",
        "https://пример.рф/",
        "https://ｅxample.org/",
        "https://example。org/",
        "https://example.org/é",
        'https://example.org/"onclick=',
        "https://example.org/<b>",
        "https://example.org/`",
        "https://example.org/{a}",
        "https://example.org/\u202e",
        "https://example.org/\0",
        "https://" + "a" * 64 + ".org/",
        "https://example.org/" + "x" * LONGEST,
        "https://example.org/" + "x" * 1_000_000,
    ],
)
def test_these_are_not(address):
    assert not is_public(address)


@given(st.text(st.sampled_from("https:/@[].%0127xloca\\?#&é \n"), max_size=40).map("http".__add__))
def test_what_is_let_through_has_a_plain_host(text):
    if is_public(text):
        parts = urlsplit(text)
        assert parts.scheme in ("http", "https")
        assert parts.username is None
        assert "." in parts.hostname
        assert parts.hostname.rpartition(".")[2][0].isalpha()
