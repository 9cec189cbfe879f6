"""A trial: what the rules propose from the articles of a gold, so that they can be measured in one go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import msgspec

from censorkb.extract import article as unread
from censorkb.extract.extractor import Extractor
from censorkb.extract.gold import Article, Claim
from censorkb.extract.lexicon import languages


def trial(
    gold: Mapping[str, Article], texts: Mapping[str, str], extractor: Extractor | None = None
) -> dict[str, Article]:
    """Predictions for those articles of a gold whose text is at hand and whose language has rules.

    Args:
        gold: articles with their language and day of publication; their claims are not looked at.
        texts: what the articles say; an article's own text stands in for one that is not there.
        extractor: the rules with the names that they know; those that come with the program if it is left out.
    """
    extractor, known = extractor or Extractor(), languages()
    found = {}
    for name, article in gold.items():
        text = texts.get(name, article.text)
        if text and article.lang in known:
            candidates = extractor.candidates(unread.Article(name, text, article.lang, day(article)))
            claims = tuple(msgspec.convert(candidate.row(), Claim) for candidate in candidates)
            found[name] = Article(id=name, claims=claims, lang=article.lang)
    return found


def day(article: Article) -> dt.date | None:
    """The day of publication of an article of a gold; None if it is not known as a day."""
    try:
        return dt.date.fromisoformat(article.published or "")
    except ValueError:
        return None  # a month or a year is not enough to resolve "on Wednesday"
