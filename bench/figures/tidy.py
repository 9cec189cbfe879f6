"""The command `censorkb tidy` as an editor or a hook runs it: on the file that somebody has just saved."""

from __future__ import annotations

from collections.abc import Iterator

from bench.cost import Failed
from bench.figure import Row, at_most, figure
from bench.figures.change import story
from bench.workshop import Bench

COMMAND = "`censorkb tidy --check`"


@figure("tidy")
def tidy(bench: Bench) -> Iterator[Row]:
    """The whole command, on one source that is tidy and on the same with a key out of its order."""
    claims = bench.sizes.middle
    root = bench.knowledge(claims)
    path = story(root)
    text = path.read_text("utf-8")
    moved = text.replace("title: ", "status: accepted\ntitle: ", 1).replace("\nstatus: accepted\nclaims", "\nclaims", 1)
    bench.say("censorkb tidy --check of one file")
    found: dict[int, list[float]] = {0: [], 1: []}
    try:
        for _ in range(bench.rounds):
            for code, content in enumerate((text, moved)):
                path.write_text(content, "utf-8")
                words = ("tidy", "--check", "--root", root, path)
                done = bench.command(*words, cache=bench.cache(root, "tidy"), allowed=(code,))
                if ("-status: accepted" in done.output) != bool(code):
                    raise Failed("what was shown is not what was changed")
                found[code].append(done.cpu)
    finally:
        path.write_text(text, "utf-8")
    for code, what in enumerate(("one tidy file", "one untidy file")):
        middle = sorted(found[code])[len(found[code]) // 2]
        yield Row(f"{COMMAND}, {what} of {claims:,} claims", "", tuple(found[code]), "s", at_most(0.3), middle)
