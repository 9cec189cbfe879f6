"""Dates in news become EDTF, as precise as the words and no more."""

from __future__ import annotations

import datetime as dt

import pytest

from censorkb.extract.dates import Calendar
from censorkb.extract.lexicon import lexicon
from censorkb.extract.words import cut

WEDNESDAY = dt.date(2026, 2, 11)


def values(text: str, language: str, published: dt.date | None = WEDNESDAY, future: bool = False) -> list[str]:
    words = cut(text)
    signs = lexicon(language).signs.matches(words, 0, len(words.small))
    phrases = [(m.first, m.last, m.value.name) for m in signs if m.value.sort == "date"]
    found = Calendar(lexicon(language), published).dates(words, 0, len(words.small), phrases, future)
    return [date.value for date in found]


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("on Wednesday", "en", "2026-02-11"),
        ("on Thursday", "en", "2026-02-05"),
        ("in December", "en", "2025-12"),
        ("in February 2024", "en", "2024-02"),
        ("in August last year", "en", "2025-08"),
        ("last year", "en", "2025"),
        ("yesterday", "en", "2026-02-10"),
        ("on February 3, 2021", "en", "2021-02-03"),
        ("on 3 February 2021", "en", "2021-02-03"),
        ("on August 2", "en", "2025-08-02"),
        ("in 2019", "en", "2019"),
        ("three days ago", "en", "2026-02-08"),
        ("two months ago", "en", "2025-12"),
        ("2024-08-02", "en", "2024-08-02"),
        ("02/08/2024", "en", "2024"),
        ("in recent years", "en", ""),
        ("previously", "en", "../2026-02-11"),
        ("mercredi", "fr", "2026-02-11"),
        ("en décembre", "fr", "2025-12"),
        ("l’année dernière", "fr", "2025"),
        ("en août 2024", "fr", "2024-08"),
        ("le 1er septembre 2015", "fr", "2015-09-01"),
        ("depuis trois mois", "fr", "2025-11"),
        ("02/08/2024", "fr", "2024-08-02"),
        ("hier", "fr", "2026-02-10"),
        ("в декабре", "ru", "2025-12"),
        ("13 августа 2025 года", "ru", "2025-08-13"),
        ("в среду", "ru", "2026-02-11"),
        ("в прошлом году", "ru", "2025"),
        ("в августе прошлого года", "ru", "2025-08"),
        ("11.02.2026", "ru", "2026-02-11"),
        ("три дня назад", "ru", "2026-02-08"),
    ],
)
def test_words_become_a_date(text: str, language: str, value: str):
    assert values(text, language) == [value]


@pytest.mark.parametrize("text", ["we may see", "they march on", "may be blocked", "a second time", "24 people"])
def test_words_that_only_look_like_dates_are_none(text: str):
    assert values(text, "en") == []


def test_a_month_to_come_is_the_next_one():
    assert values("с 1 апреля", "ru", future=True) == ["2026-04-01"]
    assert values("с 1 апреля", "ru") == ["2025-04-01"]


def test_a_weekday_beside_a_day_of_the_month_is_one_date():
    assert values("dimanche 8 février 2026", "fr") == ["2026-02-08"]


def test_without_a_day_of_publication_nothing_relative_is_resolved():
    assert values("on Wednesday", "en", None) == [""]
    assert values("in May 2024", "en", None) == ["2024-05"]


def test_a_date_keeps_the_words_that_it_rests_on(candidates):
    (found,) = candidates("Turkey blocked Instagram on Friday.", "en", "2024-08-02")
    assert (found.phrase, found.basis, found.date) == ("Friday", "relative", "2024-08-02")
