"""The command `censorkb check` as a user runs it: cold at every size, and again after a change of one file."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

from bench.cost import Cost, Failed
from bench.figure import Row, at_most, figure
from bench.workshop import Bench, facts

COMMAND = "`censorkb check`"


@figure("check-sizes")
def sizes(bench: Bench) -> Iterator[Row]:
    """The whole command, from fact files to its report; cold means that the folder of the cache is empty at first."""
    found: dict[int, Cost] = {}
    for claims in (bench.sizes.small, bench.sizes.middle, bench.sizes.large):
        root = bench.knowledge(claims)
        bench.say(f"censorkb check, {claims:,} claims, cold")
        found[claims] = bench.command("check", "--root", root, cache=bench.cache(root, "check", empty=True))
        bench.curve("check", COMMAND.strip("`"), claims, found[claims])
    claims, cold = bench.sizes.large, found[bench.sizes.large]
    what, note = f"{COMMAND}, {claims:,} claims, cold", f"{facts(bench.knowledge(claims)):,} files"
    yield Row(what, "", (cold.cpu,), "s", at_most(120), cold.cpu, None, note)
    exponent = slope({size: cost.cpu for size, cost in found.items()})
    yield Row(f"{COMMAND}, exponent of CPU against claims", "", (exponent,), "", at_most(1.1))
    yield Row(f"{COMMAND}, {claims:,} claims, peak memory", "", (cold.memory,), "MB", at_most(2000))
    warm = tuple(_warm(bench, bench.knowledge(claims)))
    values = tuple(each.cpu for each in warm)
    took = ", ".join(f"{each.cpu:.1f}" for each in warm)
    note = f"{warm[0].memory:,} MB; one claim reworded, one broken, the same mended: {took} s"
    what = f"{COMMAND}, {claims:,} claims, after one changed file"
    yield Row(what, "", values, "s", at_most(2), sorted(values)[1], None, note)


def _warm(bench: Bench, root: Path) -> Iterator[Cost]:
    """Check after each of three changes of one file; the report must follow the change."""
    path = story(root)
    text = path.read_text("utf-8")
    edits = (text.replace("  says: ", "  says: Again, ", 1), text.replace("  says: ", "  sayz: ", 1), text)
    for edited in edits:
        bench.say("censorkb check after one changed file")
        path.write_text(edited, "utf-8")
        done = bench.command("check", "--root", root, cache=bench.cache(root, "check"), allowed=(0, 1))
        if ("sayz" in edited) != ("unknown-key" in done.output):
            raise Failed("the report did not follow the change")
        yield done


def story(root: Path) -> Path:
    """A source in the middle of a knowledge base."""
    stories = sorted((root / "facts/sources").rglob("*.yaml"))
    return stories[len(stories) // 2]


def slope(points: dict[int, float]) -> float:
    """The power of the claims that the cost grows with: the slope of the straight line through the logarithms."""
    xs, ys = [math.log(claims) for claims in points], [math.log(cost) for cost in points.values()]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)
