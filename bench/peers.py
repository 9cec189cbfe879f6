"""Peers: other people's programs, each in a virtual environment of its own; one that can't be had is told, not fatal."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench import HOME, WORKSHOP
from bench.cost import Cost, Failed, cost
from bench.race import PeerFailed

INSTALLING = 300  # seconds


@dataclass(slots=True)
class Peer:
    """One program.

    Args:
        name: as the package index calls it.
        version: the one that is measured.
        job: what it is measured at.
        python: oldest Python that it needs; empty if ours will do.
        beside: packages that it needs in addition.
        verdicts: what came of it, in words.
        had: whether it can be had, as far as is known.
    """

    name: str
    version: str
    job: str
    python: str = ""
    beside: tuple[str, ...] = ()
    verdicts: list[str] = field(default_factory=list)
    had: bool = True
    _folder: Path | None = field(default=None, repr=False)

    @property
    def folder(self) -> Path:
        """The virtual environment, made and filled if it is not there yet.

        Raises:
            PeerFailed: it can't be had.
        """
        if self._folder is None:
            folder = WORKSHOP / "peers" / f"{self.name}-{self.version}"
            if not (folder / "installed").exists():
                self._install(folder)
            self._folder = folder
        return self._folder

    def run(self, program: str, *words: str | Path, most: float = 600) -> Cost:
        """Run one of our programs, in `programs/`, with this peer's Python.

        Raises:
            PeerFailed: the peer can't be had or did not do its work.
        """
        try:
            return cost([self.folder / "bin/python", "-m", f"bench.programs.{program}", *words], CLEAN, most)
        except PeerFailed:
            raise
        except Failed as fault:
            raise PeerFailed(f"{self.name}: {fault}") from None

    def say(self, verdict: str) -> None:
        """Note what came of it."""
        if verdict not in self.verdicts:
            self.verdicts.append(verdict)

    def _install(self, folder: Path) -> None:
        base = _python(self.python)
        if base is None:
            raise self._missing(f"needs Python {self.python}, which is not on this machine")
        shutil.rmtree(folder, ignore_errors=True)
        python = folder / "bin/python"
        # No building from source: a peer that has no package for this machine would need its compiler.
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:"]
        try:
            cost([base, "-m", "venv", folder], most=INSTALLING)
            cost([*pip, f"{self.name}=={self.version}", *self.beside], most=INSTALLING)
        except Failed as fault:
            raise self._missing(f"can't be installed: {fault}") from None
        (folder / "installed").touch()

    def _missing(self, why: str) -> PeerFailed:
        self.had = False
        self.say(why)
        return PeerFailed(f"{self.name}: {why}")


CLEAN = {"PYTHONPATH": "", "PYTHONNOUSERSITE": "1", "VIRTUAL_ENV": ""}


def read() -> dict[str, Peer]:
    """All peers by name."""
    table = tomllib.loads((HOME / "bench/peers.toml").read_text("utf-8"))
    return {
        name: Peer(name, p["version"], p["job"], p.get("python", ""), tuple(p.get("with", ())))
        for name, p in table.items()
    }


def _python(oldest: str) -> str | Path | None:
    """A Python that is at least as new as asked: ours if it will do, else one on the path or one that pyenv has."""
    wanted = tuple(int(part) for part in oldest.split(".")) if oldest else ()
    return next((python for python in _pythons() if _is_at_least(python, wanted)), None)


def _pythons() -> Iterator[str | Path]:
    yield sys.executable
    for minor in range(sys.version_info.minor, sys.version_info.minor + 8):
        yield f"python3.{minor}"
    if shutil.which("pyenv"):
        root = subprocess.run(["pyenv", "root"], capture_output=True, text=True, check=False).stdout.strip()
        yield from sorted(Path(root).glob("versions/*/bin/python3"))


def _is_at_least(python: str | Path, wanted: tuple[int, ...]) -> bool:
    program = f"import sys; sys.exit(sys.version_info[:2] < {wanted!r})"
    try:
        return subprocess.run([python, "-c", program], capture_output=True, check=False, timeout=30).returncode == 0
    except OSError:
        return False
