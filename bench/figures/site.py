"""The site: against Hugo, against writing the same bytes, and after one changed file."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from bench.cost import Cost, Failed
from bench.figure import Row, at_most, figure
from bench.figures.change import story
from bench.hugo_site import HugoSite
from bench.race import Race, Runner
from bench.workshop import Bench

BUILD, SITE, HUGO, WRITING = "`censorkb build`", "our site", "Hugo", "writing the bytes"


@figure("site")
def site(bench: Bench) -> Iterator[Row]:
    """Ours runs from the data set in the store to pages on the disk, with questions, templates, digests and syncs; Hugo is its whole process, from as many pages in JSON to as many of the same size, through a base, a menu and a loop; writing is from memory to the same files without syncing. All into new folders, which stay until the end, and are on the disk before the next begins. One process of ours is measured by its CPU seconds, and one for each processor by how long they take, as the others are."""
    with bench.scratch() as aside:
        for claims, rounds in ((bench.sizes.small, 1), (bench.sizes.middle, min(bench.rounds, 3))):
            yield from _raced(bench, claims, rounds, aside)


def _raced(bench: Bench, claims: int, rounds: int, aside: Path) -> Iterator[Row]:
    like = bench.folder / f"site-{claims}"
    bench.ours("render", bench.knowledge(claims), bench.build(claims)[0], "1", like)
    what = f"{claims:,} claims, {sum(1 for _ in like.rglob('*.html')):,} pages"
    rivals = {HUGO: _hugo(bench, like, aside), WRITING: _new(aside, partial(bench.ours, "copy", like))}
    ran = bench.races(f"cold site, {what}", _ours(bench, claims, "1", aside), rivals, rounds, same_answer=False)
    bench.curve("build", SITE, claims, *ran[WRITING].ours)
    bench.curve("build", HUGO, claims, *ran[HUGO].theirs)
    bench.curve("build", WRITING, claims, *ran[WRITING].theirs)
    if claims != bench.sizes.middle:
        return
    yield from _rows(ran)
    every = f"cold site on all processors, elapsed, {what}"
    ran = bench.races(every, _ours(bench, claims, "0", aside), rivals, rounds, same_answer=False)
    yield from _rows({name: replace(each, elapsed=True) for name, each in ran.items()})


def _rows(ran: dict[str, Race]) -> Iterator[Row]:
    yield ran[HUGO].row(HUGO, at_most(1))
    yield ran[WRITING].row(WRITING, at_most(4))


def _ours(bench: Bench, claims: int, jobs: str, aside: Path) -> Runner:
    words = ("render", bench.knowledge(claims), bench.build(claims)[0], jobs)
    return _new(aside, partial(bench.ours, *words))


def _hugo(bench: Bench, like: Path, aside: Path) -> Runner:
    """Hugo's build of a site like ours; its sources are made at the first call, which costs it nothing."""
    sources: list[HugoSite] = []

    def build(folder: Path) -> Cost:
        if not sources:
            sources.append(HugoSite(bench.peers["hugo"], like, like.with_name(f"hugo-{like.name}")))
        done = sources[0].build(folder)
        bench.peers["hugo"].say("as many pages as ours, and as many bytes to within 2 %")
        return done

    return _new(aside, build)


def _new(aside: Path, run: Callable[[Path], Cost]) -> Runner:
    """Run something into a new folder each time.

    All stay until the end: to make files where many were removed a moment before costs some file systems ten times as
    much, and who comes next would pay for it. So would who waits for the disk, as ours does in the end: what others have
    written is on it before anybody begins.
    """

    def once() -> Cost:
        os.sync()
        return run(Path(tempfile.mkdtemp(dir=aside)) / "out")

    return once


@figure("site-change")
def change(bench: Bench) -> Iterator[Row]:
    """The whole command, from fact files to data set and site, after one claim was reworded, as a share of the same command when its cache and its folder were empty."""
    claims = bench.sizes.middle
    out, cold = bench.build(claims)
    root = bench.knowledge(claims)
    path = story(root)
    text = path.read_text("utf-8")
    page = out / "site/en/claim" / f"{path.stem}.claim-0.html"
    warm = []
    for words in ("Again, ", "Once more, ", ""):
        bench.say("censorkb build after one changed file")
        path.write_text(text.replace("  says: ", f"  says: {words}", 1), "utf-8")
        warm.append(bench.command("build", "--root", root, "--out", out, cache=bench.cache(root, "build")))
        if words not in page.read_text("utf-8"):
            raise Failed("the page did not follow the change")
    shares = tuple(100 * each.cpu / cold.cpu for each in warm)
    what = f"{BUILD}, {claims:,} claims, after one changed file"
    note = f"{warm[-1].memory:,} MB"
    yield Row(what, "the same, cold", shares, "%", at_most(3), sorted(w.cpu for w in warm)[1], cold.cpu, note)


@figure("memory")
def memory(bench: Bench) -> Iterator[Row]:
    """The whole commands, their child processes included; the build is cold, the query is of all claims as CSV. For the check see above."""
    claims = bench.sizes.large
    out, built = bench.build(claims)
    root = bench.knowledge(claims)
    yield Row(f"{BUILD}, {claims:,} claims, peak memory", "", (built.memory,), "MB", at_most(2000), built.cpu)
    bench.say(f"censorkb query, {claims:,} claims")
    words = ("query", "all-claims", "--format", "csv", "--root", root, "--out", out)
    asked = bench.command(*words, cache=bench.cache(root, "build"))
    if asked.output.count("\n") <= claims:
        raise Failed("the query did not give all claims")
    yield Row(f"`censorkb query`, {claims:,} claims, peak memory", "", (asked.memory,), "MB", at_most(2000), asked.cpu)
