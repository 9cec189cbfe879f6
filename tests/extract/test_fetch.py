"""Fetching refuses what is not public, before anything is sent."""

from __future__ import annotations

import pytest

from censorkb.extract.fetch import Refused, fetch, public_address


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
