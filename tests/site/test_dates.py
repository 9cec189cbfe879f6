"""Dates in words."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from babel import Locale

from censorkb.root import Root
from censorkb.site import catalogue
from censorkb.site.dates import Dates
from censorkb.site.value import DateText

ROOT = Root(Path(__file__).resolve().parents[2])
ENGLISH = catalogue.read_all(ROOT.templates)[0]


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2026-02-11", "Feb 11, 2026"),
        ("2025-12", "Dec 2025"),
        ("2017", "2017"),
        ("2017?", "2017 (uncertain)"),
        ("2026-02~", "≈ Feb 2026"),
        ("2017%", "≈ 2017 (uncertain)"),
        ("201X", "2010 – 2019"),
        ("2025-XX", "2025"),
        ("2025-12-XX", "Dec 2025"),
        ("[2025-09..2025-12]", "Sep – Dec 2025, day not known"),
        ("[2025-09-03..2025-09-07]", "Sep 3 – 7, 2025, day not known"),
        ("[2025..2026]", "2025 – 2026, day not known"),
        ("[..2026-02-11]", "Feb 11, 2026 or before"),
        ("[..2025-12]", "Dec 31, 2025 or before"),
        ("[2026-02-11..]", "Feb 11, 2026 or later"),
        ("[2025-12-01,2025-12-04]", "Dec 1, 2025 / Dec 4, 2025"),
        ("2025/..", "2025 –"),
        ("2025/", "2025 – ?"),
        ("2025-09/2026-02", "Sep 2025 – Feb 2026"),
        ("2025-06-03/2025-06-05", "Jun 3 – 5, 2025"),
        ("2015-09/2017-05-06", "Sep 2015 – May 6, 2017"),
        ("2025-09~/2026-02", "≈ Sep 2025 – Feb 2026"),
    ],
)
def test_edtf_in_english(edtf: str, words: str) -> None:
    written = Dates(ENGLISH.locale, ENGLISH.date)(DateText(edtf))
    assert _plain(written) == words


@pytest.mark.parametrize(
    ("language", "edtf", "words"),
    [
        ("fr", "2026-02-11", "11 févr. 2026"),
        ("fr", "[..2026-02-11]", "11 févr. 2026 or before"),
        ("ru", "2026-02~", "≈ февр. 2026 г."),
        ("ru", "2025-06-03/2025-06-05", "3–5 июн. 2025 г."),
    ],
)
def test_edtf_in_other_languages(language: str, edtf: str, words: str) -> None:
    assert _plain(Dates(Locale(language), ENGLISH.date)(DateText(edtf))) == _plain(words)


@pytest.mark.parametrize(
    ("first", "last", "words", "short"),
    [
        (None, None, "", ""),
        ("2026-02-11", "2026-02-11", "Feb 11, 2026", "Feb 11, 2026"),
        ("2025-12-01", "2025-12-31", "Dec 2025", "Dec 2025"),
        ("2025-01-01", "2025-12-31", "2025", "2025"),
        ("2025-08-28", "2025-09-01", "Aug 28 – Sep 1, 2025, day not known", "Aug 28 – Sep 1, 2025"),
        (None, "2026-02-11", "Feb 11, 2026 or before", "≤ Feb 11, 2026"),
        ("2026-02-11", None, "Feb 11, 2026 or later", "≥ Feb 11, 2026"),
    ],
)
def test_bounds(first: str | None, last: str | None, words: str, short: str) -> None:
    write = Dates(ENGLISH.locale, ENGLISH.date)
    days = [dt.date.fromisoformat(day) if day else None for day in (first, last)]
    assert (_plain(write.bounds(*days)), _plain(write.bounds(*days, short=True))) == (words, short)


def _plain(text: str) -> str:
    """Without the thin and fixed spaces of CLDR, which differ between its releases."""
    return " ".join(text.replace(" ", " ").replace(" ", " ").replace(" ", " ").replace("–", " – ").split())
