"""The score of predictions against gold: tallies by language and by action, and what the articles say together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import add

from censorkb.extract.agreement import overlaps
from censorkb.extract.gold import Article, Claim
from censorkb.extract.match import Matching, Pair, match
from censorkb.extract.roster import Roster
from censorkb.extract.tally import Rate, Tally, rates

EVERYTHING = "all"


@dataclass(frozen=True, slots=True)
class Row:
    """The score of some articles, or of one action in them.

    Args:
        name: `all`, a language or an action.
        articles: how many articles were counted.
        tally: their counts together.
        rates: by name.
    """

    name: str
    articles: int
    tally: Tally
    rates: dict[str, Rate]


@dataclass(slots=True)
class Score:
    """How good predictions are.

    Args:
        rows: all, then the languages, then the actions, each in the order of their names.
        silent: articles in which there is nothing to be found.
        kept_silent: those of them in which nothing was found.
        made_up: claims that were found in them.
        loose: found claims whose words do not stand at their place in the text.
        missing: ids of the gold without a prediction.
        unknown: ids of predictions without gold.
        matchings: what became of each claim, by article.
    """

    rows: list[Row] = field(default_factory=list)
    silent: int = 0
    kept_silent: int = 0
    made_up: int = 0
    loose: int = 0
    missing: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    matchings: dict[str, Matching] = field(default_factory=dict)


def score(
    gold: Mapping[str, Article], predicted: Mapping[str, Article], texts: Mapping[str, str], roster: Roster
) -> Score:
    """Score predictions.

    Args:
        gold: what a reader found, by article.
        predicted: what a program found; an article that it leaves out has nothing in it.
        texts: what the articles say, as far as that is at hand; without it nobody can say where words stand.
        roster: which names are the same.
    """
    result = Score(missing=sorted(gold.keys() - predicted), unknown=sorted(predicted.keys() - gold))
    tallies: defaultdict[str, list[Tally]] = defaultdict(list)
    languages, actions = set[str](), set[str]()
    for name, article in sorted(gold.items()):
        found = predicted[name].claims if name in predicted else ()
        text = texts.get(name, article.text)
        matching = result.matchings[name] = match(article.claims, found, roster)
        result.loose += sum(_loose(text, claim) for claim in found)
        if not article.claims:
            result.silent += 1
            result.kept_silent += not found
            result.made_up += len(found)
        by_action = _by_action(matching, text)
        languages.add(article.lang)
        actions |= by_action.keys()
        whole = reduce(add, by_action.values(), Tally())
        for key, tally in ((EVERYTHING, whole), (article.lang, whole), *by_action.items()):
            tallies[key].append(tally)
    for key in (EVERYTHING, *sorted(languages), *sorted(actions)):
        counted = tallies[key]
        result.rows.append(Row(key, len(counted), reduce(add, counted, Tally()), rates(counted)))
    return result


def _by_action(matching: Matching, text: str) -> dict[str, Tally]:
    tallies: defaultdict[str, Tally] = defaultdict(Tally)
    for claim in matching.missed:
        tallies[claim.act] += Tally(gold=1)
    for claim in matching.wrong:
        tallies[claim.act] += Tally(found=1)
    for pair in matching.pairs:
        tallies[pair.gold.act] += _pair(pair, text)
    return dict(tallies)


def _pair(pair: Pair, text: str) -> Tally:
    agreement = pair.agreement
    return Tally(
        gold=1,
        found=1,
        matched=1,
        strict=int(agreement.strict),
        slots=Counter(agreement.slots),
        placed=int(_placed(text, pair.found) and overlaps(text, pair.gold, pair.found)),
        textual=int(_placed(text, pair.found)),
    )


def _placed(text: str, claim: Claim) -> bool:
    """Whether it can be looked up where the words of a claim stand."""
    return bool(text) and claim.start is not None and claim.end is not None


def _loose(text: str, claim: Claim) -> bool:
    return _placed(text, claim) and text[claim.start : claim.end] != claim.quote
