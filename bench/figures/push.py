"""Push: the data set into servers of others, against what their own loaders take for the same statements."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import distribution
from pathlib import Path

from bench.cost import Failed, cost
from bench.figure import Row, at_most, figure
from bench.workshop import Bench, censorkb
from censorkb.graph.export import STEM

WAIT = 60.0  # seconds for a server to listen
GOAL = at_most(1.5)


@figure("push")
def push(bench: Bench) -> Iterator[Row]:
    """`censorkb push` with what the server does meanwhile, every graph read back and compared, against the server's own loader, which checks nothing: `oxigraph load` with its store on the disk."""
    out, _ = bench.build(bench.sizes.middle)
    quads = out / "data" / f"{STEM}.nq"
    with quads.open("rb") as lines:
        statements = sum(1 for _ in lines)
    try:
        program = _oxigraph()
    except Failed as fault:
        yield Row(f"push of {statements:,} statements", "`oxigraph load`", note=str(fault))
        return
    shares, ours, theirs = [], [], []
    for _ in range(bench.rounds):
        bench.say(f"pushing {statements:,} statements")
        with bench.scratch() as folder:
            theirs.append(cost([program, "load", "--location", folder / "loaded", "--file", quads]).cpu)
            ours.append(_pushed(program, folder, bench.knowledge(bench.sizes.middle), out))
        shares.append(ours[-1] / theirs[-1])
    middle = len(shares) // 2
    yield Row(
        f"push of {statements:,} statements", "`oxigraph load`", tuple(shares), "×", GOAL, sorted(ours)[middle], sorted(theirs)[middle]
    )  # fmt: skip


def _pushed(program: Path, folder: Path, root: Path, out: Path) -> float:
    """CPU seconds of a push of everything, the server's among them."""
    shutil.rmtree(out / "store", ignore_errors=True)  # with the note of an earlier push
    with _serving(program, folder) as (endpoint, used):
        words = ["push", "--endpoint", endpoint, "--root", root, "--out", out]
        return cost([censorkb(), *words]).cpu + used()


@contextmanager
def _serving(program: Path, folder: Path) -> Iterator[tuple[str, Callable[[], float]]]:
    """An empty server; its endpoint, and what gives the CPU seconds that it has used."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    words = [str(program), "serve", "--location", str(folder / "served"), "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + WAIT
        while not _listens(port):
            if process.poll() is not None or time.monotonic() > until:
                raise Failed("the server does not listen")
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/query", lambda: _cpu(process.pid)
    finally:
        process.terminate()
        process.wait()


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def _cpu(process: int) -> float:
    """CPU seconds of a process that goes on, user and system (proc(5), fields 14 and 15 of stat)."""
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _oxigraph() -> Path:
    """The program of the package `oxigraph`, which the tests install."""
    files = distribution("oxigraph").files or []
    found = next((Path(str(file.locate())) for file in files if file.name == "oxigraph"), None)
    if found is None:
        raise Failed("oxigraph is not installed")
    return found
