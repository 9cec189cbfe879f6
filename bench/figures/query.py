"""Questions, against rdflib in memory."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from functools import partial

from bench.figure import Row, figure
from bench.race import Race
from bench.workshop import Bench

RDFLIB = "rdflib in memory"
# Questions of all shapes: a whole listing, groups, a day, comparisons of moments. rdflib takes minutes for some others, and gives a
# row too many for groups of nothing.
QUESTIONS = (
    "all-claims", "audience-figures", "breaks-news-first", "first-reports", "relative-dates", "acknowledged-by",
    "kinds-of-restriction:country=xa", "measures-by-scope:country=xa", "reasons-and-motives:country=xa",
    "status-on:country=xa:date=2015-01-01",
)  # fmt: skip


@figure("query")
def query(bench: Bench) -> Iterator[Row]:
    """From each question to its rows, which must be the same; loading the same N-Quads is told apart."""
    claims = bench.sizes.small
    out, _ = bench.build(claims)
    words = (bench.knowledge(claims), out, *QUESTIONS)
    ours, theirs = partial(bench.ours, "ask", "censorkb", *words), partial(bench.ours, "ask", "rdflib", *words)
    ran = bench.race(f"{len(QUESTIONS)} questions, {claims:,} claims", ours, theirs)
    yield ran.row(RDFLIB, note=_spread(ran))
    loading = tuple(a.parts["loading"] / b.parts["loading"] for a, b in zip(ran.ours, ran.theirs, strict=True))
    if loading:
        ours_loading, theirs_loading = (
            statistics.median(c.parts["loading"] for c in s) for s in (ran.ours, ran.theirs)
        )
        yield Row(f"loading the data set, {claims:,} claims", RDFLIB, loading, "×", None, ours_loading, theirs_loading)


def _spread(ran: Race) -> str:
    """How far the questions lie apart."""
    if not ran.ours:
        return ""
    first, other = ran.ours[0].parts, ran.theirs[0].parts
    shares = {name: other[name] / max(seconds, 1e-4) for name, seconds in first.items() if name != "loading"}
    least, most = min(shares, key=lambda name: shares[name]), max(shares, key=lambda name: shares[name])
    return f"{shares[least]:.0f} times less for {least}, {shares[most]:.0f} times less for {most}"
