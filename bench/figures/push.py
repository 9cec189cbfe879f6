"""Push: the data set into servers of others, against what their own loaders take for the same statements."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from bench.cost import Failed, cost
from bench.figure import Row, at_most, figure
from bench.servers import Oxigraph, Running, Server, Virtuoso
from bench.workshop import Bench, censorkb
from censorkb.graph.export import STEM

GOAL = at_most(1.5)


@figure("push")
def push(bench: Bench) -> Iterator[Row]:
    """`censorkb push` into an empty server with what the server does meanwhile, everything read back and compared, against the server's own loader, which compares nothing: `oxigraph load`, and Virtuoso's `rdf_loader_run()` with a checkpoint; Virtuoso runs in one round. How much is reading back is what a second push takes that knows nothing of the first, and so sends nothing but reads all. Oxigraph takes many graphs in a request; Virtuoso takes them one by one, each in a transaction of its own, and is asked for each again."""
    claims = bench.sizes.large // 4  # a million statements
    out = bench.data(claims)
    quads = out / "data" / f"{STEM}.nq"
    with quads.open("rb") as lines:
        statements = sum(1 for _ in lines)
    for make, rounds in ((Oxigraph, bench.rounds), (Virtuoso, 1)):
        what = f"push of {statements:,} statements"
        try:
            server = make()
        except Failed as fault:
            yield Row(what, make.loader, goal=GOAL, note=str(fault))
            continue
        yield _race(bench, what, server, bench.knowledge(claims), out, rounds)


def _race(bench: Bench, what: str, server: Server, root: Path, out: Path, rounds: int) -> Row:
    ours, theirs, again = [], [], []
    for _ in range(rounds):
        bench.say(f"{what}, against {server.loader}")
        quads = out / "data" / f"{STEM}.nq"
        with bench.scratch() as folder:
            theirs.append(server.load(folder, quads))
        with bench.scratch() as folder, server.serving(folder, quads.parent) as running:
            ours.append(_pushed(server, running, root, out))
            again.append(_pushed(server, running, root, out))
    shares = tuple(a / b for a, b in zip(ours, theirs, strict=True))
    middle = rounds // 2
    note = f"{sorted(again)[middle] / sorted(theirs)[middle]:.1f} × of it to read everything back and compare"
    return Row(what, server.loader, shares, "×", GOAL, sorted(ours)[middle], sorted(theirs)[middle], note)


def _pushed(server: Server, running: Running, root: Path, out: Path) -> float:
    """CPU seconds of a push that knows of no other, the server's among them."""
    shutil.rmtree(out / "store", ignore_errors=True)  # with the note of an earlier push
    before = running.used
    words = [censorkb(), "push", "--endpoint", running.endpoint, "--root", root, "--out", out]
    return cost(words, server.environment).cpu + running.used - before
