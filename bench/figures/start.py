"""Start-up: what is paid before anything is done."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from bench.cost import Failed, cost
from bench.figure import Row, at_most, figure
from bench.workshop import Bench, censorkb

GOAL = at_most(0.15)
COMPLETING = {"_CENSORKB_COMPLETE": "bash_complete", "COMP_WORDS": "censorkb ch", "COMP_CWORD": "1"}


@figure("start")
def start(bench: Bench) -> Iterator[Row]:
    """The whole process as the shell starts it, interpreter included; beside it an interpreter that does nothing."""
    bench.say("starting")
    bare, helped, completed = [], [], []
    for _ in range(2 * bench.rounds + 1):
        bare.append(cost([sys.executable, "-c", "pass"]).cpu)
        helped.append(cost([censorkb(), "--help"]).cpu)
        done = cost([censorkb()], COMPLETING)
        if "check" not in done.output:
            raise Failed("the shell was not told of the command check")
        completed.append(done.cpu)
    nothing = sorted(bare)[bench.rounds]
    for what, found in (("`censorkb --help`", helped), ("completing `censorkb ch` in bash", completed)):
        middle = sorted(found)[bench.rounds]
        yield Row(
            what, "bare Python", tuple(found), "s", GOAL, middle, nothing, f"{middle / nothing:.1f} × bare Python"
        )
