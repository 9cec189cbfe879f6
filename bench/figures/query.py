"""Questions, against rdflib in memory and pyoxigraph directly."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bench.cost import Cost
from bench.figure import Goal, Row, at_least, at_most, figure
from bench.programs import LATE
from bench.workshop import Bench
from censorkb.ontology.ontology import Ontology
from censorkb.query.question import read_all
from censorkb.root import Root

RDFLIB, DIRECTLY = "rdflib in memory", "pyoxigraph directly"
LEAST = 0.0001  # seconds
# Times as long as ours, and at least so many seconds, that another engine gets for a question before it is ended: more than
# the goal, since a bound below it would say of a question that takes us long only that nobody waited.
PATIENCE, SHORTEST = 25, 5.0
DAY, LATER = "2020-01-01", "2020-03-01"


def questions(root: Path) -> list[str]:
    """Every named question with values that a made-up knowledge base has, as `ask` reads them.

    Those about a law are left out: the made-up facts have none.
    """
    facts = root / "facts"
    source, target = min(facts.glob("sources/*/*.yaml")).stem, min(facts.glob("measures/xa/*.yaml")).stem
    values = {
        "agent": "xa-regulator", "claim": f"{source}.claim-0", "country": "xa", "date": DAY, "from": DAY, "measure": f"xa-{target}",
        "party": "owner", "since": DAY, "source": source, "target": target, "text": "twice", "to": LATER,
    }  # fmt: skip
    return [
        ":".join([name, *(f"{p.name}={values[p.name]}" for p in question.parameters)])
        for name, question in read_all(Ontology(Root(root).ontology)).items()
        if all(p.name in values for p in question.parameters)
    ]


@figure("query")
def query(bench: Bench) -> Iterator[Row]:
    """From each question to its rows, on the store beside the output in a process of its own; rdflib in memory, pyoxigraph on the same store in the process that asks; the median over the questions. rdflib is ended after 25 times what ours takes for a question, but not before 5 seconds of CPU, so that the whole ends; its time is then a lower bound, and a median near 25 is one as well. Both answer the same text, which is written for the engine that we use: some of them rdflib would answer faster in other words. A question that it answers otherwise is left out: where nothing is grouped, it gives a row. At the largest size, all run once, and on the data set of a build without its pages."""
    for claims in (bench.sizes.small, bench.sizes.middle, bench.sizes.large):
        goal = at_least(20) if claims == bench.sizes.large else None
        yield from _against(bench, RDFLIB, "rdflib", claims, goal, 1)
        rounds = 1 if claims == bench.sizes.large else bench.rounds
        yield from _against(bench, DIRECTLY, "pyoxigraph", claims, at_most(2), rounds)


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


def _against(bench: Bench, other: str, engine: str, claims: int, goal: Goal | None, rounds: int) -> Iterator[Row]:
    out = bench.data(claims)
    root = bench.knowledge(claims)
    words = questions(root)
    ours = partial(bench.ours, "ask", "censorkb", root, out, *words)
    ended = engine == "rdflib"
    if ended:
        took = ours()
        ours = partial(lambda cost: cost, took)  # it has run
        words = [f"{word}@{_patience(took.parts[word.partition(':')[0]]):.2f}" for word in words]
    theirs = partial(bench.ours, "ask", engine, root, out, *words)
    what = f"{len(words)} questions, {claims:,} claims"
    ran = bench.races(what, ours, {"": theirs}, rounds, same_answer=not ended)[""]
    if not ran.ours:
        yield ran.row(other)
        return
    less = engine == "rdflib"
    shares = [
        {name: _share(a, b, name, less=less) for name in a.parts if name != "loading" and _is_answered(a, b, name)}
        for a, b in zip(ran.ours, ran.theirs, strict=True)
    ]
    medians = tuple(statistics.median(each.values()) for each in shares)
    if less and goal is None:  # without a goal the table has ours as a share
        medians = tuple(1 / median for median in medians)
    yield Row(f"median over {what}", other, medians, "×", goal, note=_spread(shares[0], ran.theirs[0], less=less))
    loading = tuple(a.parts["loading"] / b.parts["loading"] for a, b in zip(ran.ours, ran.theirs, strict=True))
    near, far = (statistics.median(c.parts["loading"] for c in s) for s in (ran.ours, ran.theirs))
    yield Row(f"opening the data set, {claims:,} claims", other, loading, "×", None, near, far)


def _patience(took: float) -> float:
    """Seconds of CPU that another engine gets for a question for which ours took so many."""
    return max(SHORTEST, PATIENCE * took)


def _share(ours: Cost, theirs: Cost, name: str, *, less: bool) -> float:
    """How many times more one of two takes for a question than the other: theirs than ours, if it is asked how much less ours takes."""
    mine, others = max(ours.parts[name], LEAST), max(theirs.parts[name], LEAST)
    return others / mine if less else mine / others


def _is_answered(ours: Cost, theirs: Cost, name: str) -> bool:
    """Whether another engine gave the same answer, or was ended before it: how long a wrong one took says nothing."""
    assert isinstance(ours.answer, dict) and isinstance(theirs.answer, dict), "programs tell answers by question"
    return theirs.answer[name] in (ours.answer[name], LATE)


def _spread(shares: dict[str, float], theirs: Cost, *, less: bool) -> str:
    """How far the questions lie apart, and how many the other did not answer in time."""
    least, most = min(shares, key=lambda name: shares[name]), max(shares, key=lambda name: shares[name])
    answers = theirs.answer if isinstance(theirs.answer, dict) else {}
    late = sum(answer == LATE for answer in answers.values())
    ended = f"; {late} ended before their answer" if late else ""
    wrong = len(theirs.parts) - 1 - len(shares)  # one part is loading
    ended += f"; {wrong} left out, whose answer differs" if wrong else ""
    word = "less" if less else "as much"
    return f"{shares[least]:.1f} times {word} for {least}, {shares[most]:.1f} times {word} for {most}{ended}"
