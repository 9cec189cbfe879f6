"""The scorecard: a score as text for a terminal or as JSON for a program."""

from __future__ import annotations

import json
from collections.abc import Iterator

from censorkb.extract.agreement import SLOTS
from censorkb.extract.gold import Claim
from censorkb.extract.match import Pair
from censorkb.extract.score import EVERYTHING, Row, Score
from censorkb.extract.tally import ROUNDS, Rate, share
from censorkb.problem import Phrase, Translate, phrase, shown

_RATES = {"P": "precision", "R": "recall", "F1": "f1"}
_WIDTH, _RATE, _SLOT = 19, 13, 9  # the longest action, a rate with its interval, and the longest slot
_MEASURED = (*_RATES.values(), *(f"strict {name}" for name in _RATES.values()))
_BLANK = "-"


def text(score: Score, say: Translate = str) -> str:
    """Write a score as tables and sentences.

    Args:
        score: the score.
        say: gives the words of a language for English ones.
    """
    counted = any(row.tally.gold or row.tally.found for row in score.rows)
    brackets = phrase("score-brackets", rounds=ROUNDS).said(say)
    tables = [*_found(score, say), "", *_right(score, say), "", brackets] if counted else []
    return "".join(f"{line}\n" for line in [*tables, *(sentence.said(say) for sentence in _sentences(score))])


def as_json(score: Score) -> str:
    """Write a score as one JSON object, numbers in full."""
    rows = [
        {
            "name": row.name,
            "articles": row.articles,
            "gold": row.tally.gold,
            "found": row.tally.found,
            "matched": row.tally.matched,
            "strict": row.tally.strict,
            "rates": {n: {"value": r.value, "low": r.low, "high": r.high} for n, r in row.rates.items()},
            "slots": {slot: share(row.tally.slots[slot], row.tally.matched) for slot in SLOTS},
            "evidence": share(row.tally.placed, row.tally.textual),
        }
        for row in score.rows
    ]
    whole = {
        "rows": rows,
        "silent": {"articles": score.silent, "kept": score.kept_silent, "found": score.made_up},
        "loose": score.loose,
        "missing": score.missing,
        "unknown": score.unknown,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def errors(score: Score, say: Translate = str) -> Iterator[str]:
    """Write what was missed, made up or has a wrong slot, a claim a line, with what was found after an arrow.

    Args:
        score: the score.
        say: gives the words of a language for English ones.
    """
    words = [phrase(f"score-{name}").said(say) for name in ("missed", "wrong", "slots")]
    missed, wrong, slots = (word.ljust(max(map(len, words))) for word in words)
    for article, matching in score.matchings.items():
        name = shown(article)
        yield from (f"{name}  {missed}  {_claim(claim)}" for claim in matching.missed)
        yield from (f"{name}  {wrong}  {_claim(claim)}" for claim in matching.wrong)
        yield from (
            f"{name}  {slots}  {_claim(pair.gold)} -> {_difference(pair, say)}"
            for pair in matching.pairs
            if not pair.agreement.strict
        )


def _found(score: Score, say: Translate) -> Iterator[str]:
    heads = [phrase(f"score-{name}").said(say) for name in ("articles", "gold", "found")]
    rates = [*_RATES, *(phrase("score-strict", name=name).said(say) for name in _RATES)]
    yield _line("", [*heads, *(f"{head:<{_RATE}}" for head in rates)])
    for row in score.rows:
        numbers = (row.articles, row.tally.gold, row.tally.found)
        counts = [f"{number:>{len(head)}}" for head, number in zip(heads, numbers, strict=True)]
        yield _line(_name(row, say), counts + [f"{_rate(row.rates[name]):<{_RATE}}" for name in _MEASURED])


def _right(score: Score, say: Translate) -> Iterator[str]:
    heads = [phrase("score-matched").said(say), *(_slot(slot, say) for slot in SLOTS), _slot("evidence", say)]
    widths = [max(_SLOT, len(head)) for head in heads]
    yield _line(phrase("score-right").said(say), [head.rjust(width) for head, width in zip(heads, widths, strict=True)])
    for row in score.rows:
        yield _line(_name(row, say), [cell.rjust(width) for cell, width in zip(_slots(row), widths, strict=True)])


def _name(row: Row, say: Translate) -> str:
    return phrase("score-all").said(say) if row.name == EVERYTHING else row.name


def _slot(name: str, say: Translate) -> str:
    return phrase(f"slot-{name.replace(' ', '-')}").said(say)


def _slots(row: Row) -> list[str]:
    of_slots = [share(row.tally.slots[slot], row.tally.matched) for slot in SLOTS]
    return [str(row.tally.matched), *map(_number, (*of_slots, share(row.tally.placed, row.tally.textual)))]


def _sentences(score: Score) -> Iterator[Phrase]:
    if score.silent:
        rate = round(1000 * score.made_up / score.silent)
        yield phrase("score-silent", kept=score.kept_silent, all=score.silent, made=score.made_up, rate=rate)
    if score.loose:
        yield phrase("score-loose", number=score.loose)


def _claim(claim: Claim) -> str:
    slots = (claim.action, claim.status, claim.target, claim.country or _BLANK, claim.date or _BLANK)
    return " | ".join(shown(slot) for slot in slots)


def _difference(pair: Pair, say: Translate) -> str:
    slots = ("status", "country", "date")
    values = (pair.found.phase, pair.found.country, pair.found.date)
    wrong = [
        f"{_slot(slot, say)} {shown(value or _BLANK)}"
        for slot, value in zip(slots, values, strict=True)
        if slot not in pair.agreement.slots
    ]
    return ", ".join(wrong)


def _rate(rate: Rate) -> str:
    if rate.low is None or rate.high is None:
        return _number(rate.value)
    return f"{_number(rate.value)} ({_number(rate.low)}-{_number(rate.high)})"


def _number(value: float | None) -> str:
    if value is None:
        return _BLANK
    return "1.0" if value == 1 else f"{value:.2f}".removeprefix("0")


def _line(name: str, cells: list[str]) -> str:
    return f"{shown(name):<{_WIDTH}} {'  '.join(cells)}".rstrip()
