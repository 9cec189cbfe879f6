"""Reading the fact files, against YAML parsers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from bench.figure import Row, at_most, figure
from bench.workshop import Bench

PYYAML, GOAL = "PyYAML's safe loader in C", at_most(2)


@figure("parse")
def parse(bench: Bench) -> Iterator[Row]:
    """From the paths of all fact files to objects in memory, each file's dropped before the next is read, as our program does; ours also keeps line and column of every key and value, and refuses what may not be written; reading alone, without mapping to statements."""
    claims = bench.sizes.middle
    root = bench.knowledge(claims)
    what, ours = f"reading all fact files, {claims:,} claims", partial(bench.ours, "parse", "censorkb", root)
    readers = {
        peer.name: partial(peer.run, "parse", peer.name, root) for peer in bench.peers.values() if peer.job == "parse"
    }
    names = bench.fastest(readers, ours().answer, claims)
    others = {name: readers[name] for name in names[:1]} | {PYYAML: partial(bench.ours, "parse", "pyyaml", root)}
    ran = bench.races(what, ours, others)
    if not names:
        yield Row(what, "the fastest YAML parser", goal=GOAL, note="no parser could be had and was right")
    for name, each in ran.items():
        yield each.row(name, None if name == PYYAML else GOAL)
