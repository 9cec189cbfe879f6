"""The full check of a graph: against pySHACL, and against the fastest other engine that finds the same."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bench.cost import Cost
from bench.figure import Row, at_least, at_most, figure
from bench.race import Race
from bench.workshop import Bench

OURS, PYSHACL = "our engine", "pySHACL"
PLAIN, REFEREE = "plain `pyshacl.validate`", "`censorkb check --referee`"
CONTENDERS = 3  # how many of the fastest are tried on a larger graph
PATIENCE = 300  # seconds that a peer may take


def _setwise(bench: Bench, graph: Path) -> Cost:
    return bench.ours("check", "setwise", graph)


@figure("check-pyshacl")
def against_pyshacl(bench: Bench) -> Iterator[Row]:
    """Whole processes: from one N-Triples file and one file of shapes on the disk to findings, which must be the same."""
    small = bench.sizes.small
    for claims, rounds in ((small // 4, 2), (small, 1)):
        graph = bench.graph(claims)
        plain = partial(bench.ours, "shacl", "pyshacl", graph)
        others = (
            {PLAIN: plain, REFEREE: partial(bench.ours, "check", "referee", graph)}
            if claims < small
            else {PLAIN: plain}
        )
        ran = bench.races(f"full check, {claims:,} claims", partial(_setwise, bench, graph), others, rounds)
        bench.curve("check", OURS, claims, *ran[PLAIN].ours)
        bench.curve("check", PYSHACL, claims, *ran[PLAIN].theirs)
        yield ran[PLAIN].row(PLAIN, at_least(200))
        if claims < small:
            referee = Race(
                f"{REFEREE}, {claims:,} claims", ran[REFEREE].theirs, ran[PLAIN].theirs, ran[REFEREE].failure
            )
            yield referee.row(PLAIN)


@figure("check-engines")
def against_engines(bench: Bench) -> Iterator[Row]:
    """As against pySHACL; every other engine tries the smaller graph, the fastest of those that are right the larger ones, and the fastest of these races."""
    names = [peer.name for peer in bench.peers.values() if peer.job == "check"]
    for claims, rounds in ((bench.sizes.small, bench.rounds), (bench.sizes.middle, min(bench.rounds, 3))):
        graph = bench.graph(claims)
        ours = partial(_setwise, bench, graph)
        engines = {name: partial(bench.peers[name].run, "shacl", name, graph, most=PATIENCE) for name in names}
        names = bench.fastest(engines, ours().answer, claims)[:CONTENDERS]
        what, goal = f"full check, {claims:,} claims", at_most(1)
        if not names:
            yield Row(what, "the fastest other engine", goal=goal, note="no other engine could be had and was right")
            return
        ran = bench.race(what, ours, engines[names[0]], rounds)
        bench.curve("check", OURS, claims, *ran.ours)
        bench.curve("check", names[0], claims, *ran.theirs)
        peaks = f"peak {ran.ours[0].memory:,} MB, theirs {ran.theirs[0].memory:,} MB" if ran.ours else ""
        yield ran.row(names[0], goal, peaks)
    claims = bench.sizes.large
    bench.say(f"full check, {claims:,} claims")
    done = _setwise(bench, bench.graph(claims, 0.0))
    bench.curve("check", OURS, claims, done)
    yield Row(f"full check, {claims:,} claims", "", (done.cpu,), "s", None, done.cpu, note=f"peak {done.memory:,} MB")
