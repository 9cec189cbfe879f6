"""Measure, print, and on wish renew the page of figures. `bench/run` starts this."""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench import WORKSHOP, curves, page
from bench.cost import Failed
from bench.figure import Figure, Row, figures
from bench.results import Results
from bench.workshop import Bench, Sizes

QUICK = Sizes(60, 240, 960)


def main() -> int:
    """Measure; 1 if a goal was missed or something could not be measured."""
    known = figures()
    wanted = _arguments(list(known)).parse_args()
    sizes = Sizes(*map(int, wanted.sizes.split(","))) if wanted.sizes else QUICK if wanted.quick else Sizes()
    if wanted.write and sizes != Sizes():
        sys.exit("only figures of the full sizes go into bench/README.md")
    results = Results.read() if wanted.write or wanted.page else Results("")
    if wanted.page:
        _write(results, known)
        return 0
    WORKSHOP.mkdir(exist_ok=True)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that what was made is tidied away
    all_met = True
    with tempfile.TemporaryDirectory(dir=WORKSHOP) as folder:
        bench = Bench(Path(folder), sizes, 1 if wanted.quick else wanted.rounds, _say())
        for name in wanted.only or known:
            rows = _measured(known[name], bench)
            results.rows[name] = rows
            all_met &= all(row.values and row.met is not False for row in rows)
            results.take(bench.points, list(bench.peers.values()))
            if wanted.write:
                _write(results, known)  # after each figure, so that a run that is ended has not been for nothing
    return int(not all_met)


def _arguments(names: list[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench/run", description="Measure what censorkb costs, against its peers.")
    parser.add_argument("--quick", action="store_true", help="small sizes and one round, to try whether all runs")
    parser.add_argument(
        "--sizes", metavar="N,N,N", help="claims of the three knowledge bases; default 1000,10000,100000"
    )
    parser.add_argument("--only", metavar="NAME", action="append", choices=names, help=f"one of {', '.join(names)}")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of a race; default 5")
    parser.add_argument("--write", action="store_true", help="renew bench/README.md, curves.svg and figures.json")
    parser.add_argument("--page", action="store_true", help="write the page and the picture again from figures.json")
    return parser


def _measured(figure: Figure, bench: Bench) -> list[Row]:
    """The rows of a figure, printed as they come; a failure is a row too."""
    rows = []
    try:
        for row in figure.measure(bench):
            rows.append(row)
            print(page.line(row), flush=True)
    except Failed as fault:
        rows.append(Row(figure.name, note=str(fault)))
        print(page.line(rows[-1]), flush=True)
    return rows


def _write(results: Results, known: dict[str, Figure]) -> None:
    results.write()
    curves.write(results.points)
    page.write(results, known)


def _say() -> Callable[[str], None]:
    """Progress on a terminal, silence elsewhere."""
    start, terminal = time.monotonic(), sys.stderr.isatty()

    def say(step: str) -> None:
        if terminal:
            print(f"{time.monotonic() - start:7.0f} s  {step}", file=sys.stderr, flush=True)

    return say


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
