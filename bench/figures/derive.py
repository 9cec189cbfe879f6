"""Deriving what follows from the facts."""

from __future__ import annotations

from collections.abc import Iterator

from bench.figure import Row, at_most, figure
from bench.workshop import Bench

DERIVING = "deriving"


@figure("derive")
def derive(bench: Bench) -> Iterator[Row]:
    """All rules, from the store with facts and terms to the conclusions, in the store and as sorted lines."""
    for claims in (bench.sizes.small, bench.sizes.middle, bench.sizes.large):
        graph = bench.graph(claims, 0.0)
        bench.say(f"deriving, {claims:,} claims")
        done = bench.ours("derive", bench.knowledge(claims), graph)
        bench.curve("build", DERIVING, claims, done)
        if claims == bench.sizes.large:
            what = f"all rules, {claims:,} claims, {done.answer:,} conclusions"
            yield Row(what, "", (done.cpu,), "s", at_most(30), done.cpu)
