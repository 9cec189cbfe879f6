"""Questions, against rdflib in memory."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from functools import partial

from bench.cost import Cost
from bench.figure import Goal, Row, at_least, at_most, figure
from bench.race import Race
from bench.workshop import Bench

RDFLIB, DIRECTLY = "rdflib in memory", "pyoxigraph directly"
LEAST = 0.0001  # seconds
# Questions of all shapes: a whole listing, groups, a day, comparisons of moments. rdflib takes minutes for some others, and gives a
# row too many for groups of nothing.
QUESTIONS = (
    "all-claims", "audience-figures", "breaks-news-first", "first-reports", "relative-dates", "acknowledged-by",
    "kinds-of-restriction:country=xa", "measures-by-scope:country=xa", "reasons-and-motives:country=xa",
    "status-on:country=xa:date=2015-01-01",
)  # fmt: skip


@figure("query")
def query(bench: Bench) -> Iterator[Row]:
    """From each question to its rows, which must be the same, on the store beside the output in a process of its own; rdflib in memory, pyoxigraph on the same store in the process that asks; the median over the questions."""
    yield from _against(bench, RDFLIB, "rdflib", bench.sizes.small, at_least(20))
    yield from _against(bench, DIRECTLY, "pyoxigraph", bench.sizes.middle, at_most(2))


@figure("query-command")
def command(bench: Bench) -> Iterator[Row]:
    """The whole command with one question, its engine included, when the store is there; the first question after a build makes the store."""
    for claims in (bench.sizes.small, bench.sizes.middle, bench.sizes.large):
        out, built = bench.build(claims)
        root = bench.knowledge(claims)
        words = ("query", "status-on", "--country", "xa", "--date", "2015-01-01", "--root", root, "--out", out)
        cache = bench.cache(root, "build")
        first = bench.command(*words, cache=cache)
        bench.say(f"censorkb query, {claims:,} claims")
        costs = [bench.command(*words, cache=cache).cpu for _ in range(2 * bench.rounds + 1)]
        note = f"{first.cpu:.1f} s for the first question, {built.cpu:.0f} s for the build before it"
        yield Row(f"`censorkb query status-on`, {claims:,} claims", "", tuple(costs), "s", at_most(0.5), note=note)


def _against(bench: Bench, other: str, engine: str, claims: int, goal: Goal) -> Iterator[Row]:
    out, _ = bench.build(claims)
    words = (bench.knowledge(claims), out, *QUESTIONS)
    ours, theirs = partial(bench.ours, "ask", "censorkb", *words), partial(bench.ours, "ask", engine, *words)
    ran = bench.race(f"{len(QUESTIONS)} questions, {claims:,} claims", ours, theirs)
    yield ran.row(other, note=_spread(ran))
    medians = tuple(
        statistics.median(_share(a, b, name, goal) for name in a.parts if name != "loading")
        for a, b in zip(ran.ours, ran.theirs, strict=True)
    )
    if medians:
        yield Row(f"median over these questions, {claims:,} claims", other, medians, "×", goal)
        loading = tuple(a.parts["loading"] / b.parts["loading"] for a, b in zip(ran.ours, ran.theirs, strict=True))
        ours_loading, theirs_loading = (
            statistics.median(c.parts["loading"] for c in s) for s in (ran.ours, ran.theirs)
        )
        yield Row(f"opening the data set, {claims:,} claims", other, loading, "×", None, ours_loading, theirs_loading)


def _share(ours: Cost, theirs: Cost, name: str, goal: Goal) -> float:
    """How many times more one of two takes for a question than the other, as the goal has it."""
    mine, others = max(ours.parts[name], LEAST), max(theirs.parts[name], LEAST)
    return others / mine if goal.sign == "≥" else mine / others


def _spread(ran: Race) -> str:
    """How far the questions lie apart."""
    if not ran.ours:
        return ""
    first, other = ran.ours[0].parts, ran.theirs[0].parts
    shares = {n: max(other[n], LEAST) / max(seconds, LEAST) for n, seconds in first.items() if n != "loading"}
    least, most = min(shares, key=lambda name: shares[name]), max(shares, key=lambda name: shares[name])
    return f"{shares[least]:.1f} times less for {least}, {shares[most]:.1f} times less for {most}"
