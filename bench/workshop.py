"""The workshop of one run: made-up knowledge bases, our own program and the peers, and what was noted of them."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench import peers
from bench.cost import Cost, Failed, cost
from bench.peers import Peer
from bench.race import PeerFailed, Race, Runner, middle, race
from bench.results import Points

ERRORS = 0.05  # share of broken claims where findings are compared
LARGEST = 3600  # seconds of patience with our own commands


@dataclass(frozen=True, slots=True)
class Sizes:
    """Claims of the knowledge bases.

    Args:
        small: where slow peers can follow.
        middle: ten times as many.
        large: a hundred times as many.
    """

    small: int = 1_000
    middle: int = 10_000
    large: int = 100_000


@dataclass(slots=True)
class Bench:
    """What figures measure with.

    Args:
        folder: where everything is put; it is empty at first.
        sizes: how many claims.
        rounds: how often the two of a race run.
        say: told what is being done.
        peers: by name.
        points: of the cost curves.
    """

    folder: Path
    sizes: Sizes
    rounds: int
    say: Callable[[str], None]
    peers: dict[str, Peer] = field(default_factory=peers.read)
    points: Points = field(default_factory=dict)
    _built: dict[int, Cost] = field(default_factory=dict, repr=False)

    def knowledge(self, claims: int, errors: float = 0.0) -> Path:
        """Make a knowledge base, if it was not made before."""
        folder = self.folder / f"knowledge-{claims}-{errors}"
        if not folder.exists():
            self.say(f"making {claims:,} claims")
            made = [sys.executable, "-m", "bench.generate", "--claims", str(claims), "--errors", str(errors)]
            cost([*made, "--out", folder], most=LARGEST)
        return folder

    def graph(self, claims: int, errors: float = ERRORS) -> Path:
        """Make the graph of a knowledge base; the folder holds it as N-Triples and as N-Quads, and its shapes as Turtle."""
        folder = self.folder / f"graph-{claims}-{errors}"
        if not folder.exists():
            root = self.knowledge(claims, errors)
            self.say(f"writing the graph of {claims:,} claims")
            self.ours("graph", root, folder)
        return folder

    def build(self, claims: int) -> tuple[Path, Cost]:
        """Build a knowledge base with an empty cache, if it was not built before; the folder, and what that took."""
        root, out = self.knowledge(claims), self.folder / f"built-{claims}"
        if claims not in self._built:
            self.say(f"censorkb build, {claims:,} claims, cold")
            words = ("build", "--root", root, "--out", out)
            self._built[claims] = self.command(*words, cache=self.cache(root, "build", empty=True))
            self.curve("build", "censorkb build", claims, self._built[claims])
        return out, self._built[claims]

    def data(self, claims: int) -> Path:
        """Write the data set of a knowledge base, if it was not written before, without the pages that a build makes of it."""
        if claims in self._built:
            return self.build(claims)[0]
        out = self.folder / f"data-{claims}"
        if not out.exists():
            root = self.knowledge(claims)
            self.say(f"writing the data set of {claims:,} claims")
            self.ours("data", root, out)
        return out

    def cache(self, root: Path, use: str, *, empty: bool = False) -> Path:
        """Where `censorkb` is to keep what it found about a knowledge base in one use; for a cold run it is emptied."""
        folder = root.with_name(f"{root.name}-cache-{use}")
        if empty:
            shutil.rmtree(folder, ignore_errors=True)
        return folder

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """A new folder that is gone afterwards."""
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            yield Path(folder)

    def ours(self, program: str, *words: str | Path) -> Cost:
        """Run one of the programs in `programs/` with the Python of this run."""
        return cost([sys.executable, "-m", f"bench.programs.{program}", *words], most=LARGEST)

    def command(self, *words: str | Path, cache: Path, allowed: tuple[int, ...] = (0,)) -> Cost:
        """Run `censorkb`.

        Args:
            words: what stands on its command line.
            cache: where it may keep what it found; an empty or missing folder for a cold run.
            allowed: exit codes that are no failure.
        """
        return cost([censorkb(), *words], {"CENSORKB_CACHE": str(cache)}, LARGEST, allowed)

    def race(self, what: str, ours: Runner, theirs: Runner, rounds: int = 0) -> Race:
        """Let ours and another program run in turn, as often as the run has rounds if nothing else is said."""
        return self.races(what, ours, {"": theirs}, rounds)[""]

    def races(
        self, what: str, ours: Runner, others: Mapping[str, Runner], rounds: int = 0, same_answer: bool = True
    ) -> dict[str, Race]:
        """Let ours and several others run in turn; whether their answers are the same is asked if nothing else is said."""
        self.say(what)
        return race(what, ours, others, rounds or self.rounds, same_answer)

    def fastest(self, tries: Mapping[str, Runner], answer: object, claims: int) -> list[str]:
        """Run some peers once and order those that find the right answer by their cost, the fastest first.

        Args:
            tries: runs a peer, by its name.
            answer: what is right.
            claims: size of the task, for the peer's verdict.
        """
        took: dict[str, float] = {}
        for name, run in tries.items():
            self.say(f"trying {name}, {claims:,} claims")
            peer = self.peers[name]
            try:
                found = run()
            except PeerFailed as fault:
                if peer.had:  # else its verdict says so already
                    peer.say(f"{claims:,} claims: {str(fault).removeprefix(f'{name}: ')}")
                continue
            if found.answer == answer:
                took[name] = found.cpu
                peer.say(f"{claims:,} claims right, {found.cpu:.2f} s")
            else:
                peer.say(f"{claims:,} claims wrong: {found.answer}, not {answer}")
        return sorted(took, key=lambda name: took[name])

    def curve(self, panel: str, name: str, claims: int, *costs: Cost) -> None:
        """Note a point of a cost curve, the median of some costs; nothing if there are none."""
        if costs:
            self.points.setdefault(panel, {}).setdefault(name, {})[claims] = round(middle(costs), 3)


def censorkb() -> Path:
    """The command beside the Python of this run.

    Raises:
        Failed: censorkb is not installed there.
    """
    command = Path(sys.executable).with_name("censorkb")
    if not command.exists():
        raise Failed(f"there is no censorkb beside {sys.executable}; install it there, or run .ci/install")
    return command


def facts(root: Path) -> int:
    """How many fact files a knowledge base has."""
    return sum(1 for _ in (root / "facts").rglob("*.yaml"))
