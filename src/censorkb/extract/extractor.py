"""The extractor: articles to candidates, by rules alone."""

from __future__ import annotations

from censorkb.extract.article import Article
from censorkb.extract.candidate import Candidate
from censorkb.extract.gate import body, borne_out, has_actor, has_weight, is_about
from censorkb.extract.gazetteer import Gazetteer
from censorkb.extract.lexicon import lexicon
from censorkb.extract.marks import mark
from censorkb.extract.merging import merged
from censorkb.extract.reading import Reading
from censorkb.extract.unknown import unknown
from censorkb.extract.words import cut


class Extractor:
    """Finds candidates in articles.

    Args:
        gazetteer: the names that it knows.
    """

    def __init__(self, gazetteer: Gazetteer | None = None) -> None:
        self.gazetteer = gazetteer or Gazetteer()

    def candidates(self, article: Article) -> list[Candidate]:
        """What an article says was done, in the order of the text.

        Args:
            article: the article; its language must have a lexicon.

        Raises:
            KeyError: there is no lexicon of the language.
        """
        words = cut(article.text)
        language = lexicon(article.language)
        marked = body(mark(words, language, self.gazetteer))
        for one in marked:
            one.names = sorted([*one.names, *unknown(one, words, language)], key=lambda name: name.first)
        if not is_about(marked, words):
            return []
        reading = Reading(article, words, language, marked, self.gazetteer)
        acts = merged(reading.acts())
        if not has_actor(acts, marked):
            return []
        acts = borne_out(acts, words)
        found = [reading.candidate(act) for act in acts]
        plain = [one for one, act in zip(found, acts, strict=True) if not act.trigger.is_hint]
        return found if has_weight(plain, found, marked, words) else []
