"""Matching: which found claim stands for which claim of the gold, one to one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from censorkb.extract.agreement import Agreement, agreement, same_act
from censorkb.extract.gold import Claim
from censorkb.extract.roster import Roster


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim of the gold and the found one that stands for it.

    Args:
        gold: what the reader wrote.
        found: what the program wrote.
        agreement: which slots are right.
    """

    gold: Claim
    found: Claim
    agreement: Agreement


@dataclass(slots=True)
class Matching:
    """What became of the claims of one article.

    Args:
        pairs: claims that were found.
        missed: claims of the gold that were not, those left out that are optional.
        wrong: found claims that stand for nothing.
        neutral: found claims that stand for an optional one.
    """

    pairs: list[Pair] = field(default_factory=list)
    missed: list[Claim] = field(default_factory=list)
    wrong: list[Claim] = field(default_factory=list)
    neutral: list[Claim] = field(default_factory=list)


def match(gold: Sequence[Claim], found: Sequence[Claim], roster: Roster) -> Matching:
    """Match the claims of one article, those first that agree in most slots.

    Args:
        gold: what the reader wrote.
        found: what the program wrote; claims that differ only in agent and quote count once.
        roster: which names are the same.
    """
    found = _once(found, roster)
    core = [claim for claim in gold if not claim.optional]
    possible = [
        (agreement(g, f, roster), i, j)
        for i, g in enumerate(core)
        for j, f in enumerate(found)
        if same_act(g, f, roster)
    ]
    matching, used, stood = Matching(), set[int](), set[int]()
    for agreed, i, j in sorted(possible, key=lambda row: (-row[0].weight, row[1], row[2])):
        if i not in stood and j not in used:
            stood.add(i)
            used.add(j)
            matching.pairs.append(Pair(core[i], found[j], agreed))
    matching.missed = [claim for i, claim in enumerate(core) if i not in stood]
    optional = [claim for claim in gold if claim.optional]
    for j, claim in enumerate(found):
        if j not in used:
            spared = any(same_act(other, claim, roster) for other in optional)
            (matching.neutral if spared else matching.wrong).append(claim)
    return matching


def _once(found: Sequence[Claim], roster: Roster) -> list[Claim]:
    kept: dict[object, Claim] = {}
    for claim in found:
        kept.setdefault((claim.act, claim.phase, roster.stands_for((claim.target,)), claim.country, claim.date), claim)
    return list(kept.values())
