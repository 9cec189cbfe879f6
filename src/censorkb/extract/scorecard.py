"""The scorecard: a score as text for a terminal or as JSON for a program."""

from __future__ import annotations

import json
from collections.abc import Iterator

from censorkb.extract.agreement import SLOTS
from censorkb.extract.gold import Claim
from censorkb.extract.match import Pair
from censorkb.extract.score import Row, Score
from censorkb.extract.tally import ROUNDS, Rate, share
from censorkb.problem import shown

_SHOWN = {
    "P": "precision",
    "R": "recall",
    "F1": "f1",
    "strict P": "strict precision",
    "strict R": "strict recall",
    "strict F1": "strict f1",
}
_WIDTH, _RATE = 19, 13  # the longest action, and a rate with its interval
_BLANK = "-"
_BRACKETS = (
    f"In brackets: where 95 of 100 resamplings of the articles put the rate ({ROUNDS} drawn, the same in each run)."
)


def text(score: Score) -> str:
    """Write a score as tables and sentences."""
    counted = any(row.tally.gold or row.tally.found for row in score.rows)
    tables = [*_found(score), "", *_right(score), "", _BRACKETS] if counted else []
    return "".join(f"{line}\n" for line in [*tables, *_sentences(score)])


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


def errors(score: Score) -> Iterator[str]:
    """Write what was missed, made up or has a wrong slot, a claim a line, with what was found after an arrow."""
    for article, matching in score.matchings.items():
        name = shown(article)
        yield from (f"{name}  missed  {_claim(claim)}" for claim in matching.missed)
        yield from (f"{name}  wrong   {_claim(claim)}" for claim in matching.wrong)
        yield from (
            f"{name}  slots   {_claim(pair.gold)} -> {_difference(pair)}"
            for pair in matching.pairs
            if not pair.agreement.strict
        )


def _found(score: Score) -> Iterator[str]:
    heads = ("articles", "gold", "found")
    yield _line("", [*heads, *(f"{head:<{_RATE}}" for head in _SHOWN)])
    for row in score.rows:
        numbers = (row.articles, row.tally.gold, row.tally.found)
        counts = [f"{number:>{len(head)}}" for head, number in zip(heads, numbers, strict=True)]
        yield _line(row.name, counts + [f"{_rate(row.rates[name]):<{_RATE}}" for name in _SHOWN.values()])


def _right(score: Score) -> Iterator[str]:
    heads = ["matched", *SLOTS, "evidence"]
    yield _line("right slots", [f"{head:>9}" for head in heads])
    for row in score.rows:
        yield _line(row.name, [f"{cell:>9}" for cell in _slots(row)])


def _slots(row: Row) -> list[str]:
    of_slots = [share(row.tally.slots[slot], row.tally.matched) for slot in SLOTS]
    return [str(row.tally.matched), *map(_number, (*of_slots, share(row.tally.placed, row.tally.textual)))]


def _sentences(score: Score) -> Iterator[str]:
    if score.silent:
        rate = round(1000 * score.made_up / score.silent)
        yield (
            f"Articles with nothing to find: {score.kept_silent} of {score.silent} kept so;"
            f" {score.made_up} claims made up, {rate} per 1,000 articles."
        )
    if score.loose:
        yield f"Found claims whose words do not stand at their place in the text: {score.loose}."


def _claim(claim: Claim) -> str:
    slots = (claim.action, claim.status, claim.target, claim.country or _BLANK, claim.date or _BLANK)
    return " | ".join(shown(slot) for slot in slots)


def _difference(pair: Pair) -> str:
    slots = ("status", "country", "date")
    values = (pair.found.phase, pair.found.country, pair.found.date)
    wrong = [
        f"{slot} {shown(value or _BLANK)}"
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
