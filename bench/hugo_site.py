"""A Hugo site with as many pages as one of ours, each of the same size.

Each page has its data in its front matter: a title and rows with a link, a label and a text, which a template with a
base, a menu and a loop makes into HTML. The data are JSON, which of the three formats costs Hugo the least.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from bench import HOME
from bench.cost import Cost, Failed, cost
from bench.peers import Peer
from bench.race import PeerFailed

ROW = 260  # bytes of a row, as in our own pages
LINK = {"key": "Whose word it is", "link": "actor/medium-8", "label": "Medium 8 of country 4"}
TEXT = "access to the service was cut in several networks after the regulator had warned its operator twice this year "
Size = tuple[int, int]  # bytes of a page without rows and without its title, and of a row without its text


class HugoSite:
    """The sources of such a site.

    Args:
        peer: Hugo.
        like: the folder of our site.
        folder: where the sources are put; it is made.
    """

    def __init__(self, peer: Peer, like: Path, folder: Path) -> None:
        self._hugo, self.folder = _program(peer), folder
        pages = {path.relative_to(like): path.stat().st_size for path in sorted(like.rglob("*.html"))}
        self.pages, self.bytes = len(pages), sum(pages.values())
        size = self._measured(folder.with_name(f"{folder.name}-empty"))
        shutil.copytree(HOME / "bench/hugo", folder)
        for page, wanted in pages.items():
            if page != Path("index.html"):  # Hugo makes that one by itself
                _write(folder, page, _rows(wanted - size[0] - 2 * len(_title(page)), size[1]))

    def build(self, out: Path) -> Cost:
        """Build the site into a new folder.

        Raises:
            PeerFailed: Hugo failed, or its site is not as large as ours.
        """
        done = self._run(self.folder, out)
        pages = [path.stat().st_size for path in out.rglob("*.html")]
        if len(pages) != self.pages or abs(sum(pages) / self.bytes - 1) > 0.02:
            raise PeerFailed(f"hugo: {len(pages)} pages of {sum(pages)} bytes, not {self.pages} of {self.bytes}")
        return done

    def _measured(self, folder: Path) -> Size:
        """Learn from a site of two pages how many bytes the templates add."""
        shutil.copytree(HOME / "bench/hugo", folder)
        _write(folder, Path("en/a.html"), [])
        _write(folder, Path("en/b.html"), [{**LINK, "text": ""}])
        self._run(folder, folder / "out")
        bare, one = ((folder / "out/en" / name).stat().st_size for name in ("a.html", "b.html"))
        return bare - 2 * len(_title(Path("en/a.html"))), one - bare

    def _run(self, folder: Path, out: Path) -> Cost:
        try:
            words = ["--quiet", "--noBuildLock", "--source", folder, "--destination", out]
            return cost([self._hugo, *words, "--cacheDir", folder / "cache"], most=600)
        except Failed as fault:
            raise PeerFailed(f"hugo: {fault}") from None


def _program(peer: Peer) -> Path:
    """The program itself, since the package has a script in Python before it, which takes its own time."""
    found = [
        path for path in peer.folder.glob("lib/*/site-packages/hugo/binaries/hugo*") if path.stat().st_mode & 0o100
    ]
    if not found:
        raise PeerFailed("hugo: its package has no program for this machine")
    return found[0]


def _title(page: Path) -> str:
    return page.as_posix().removesuffix(".html").replace("/", " ")


def _rows(left: int, row: int) -> list[dict[str, str]]:
    """Rows that take so many bytes; the last is shorter."""
    rows = []
    while left >= row:
        size = min(left, ROW)
        rows.append({**LINK, "text": (TEXT * 3)[: size - row]})
        left -= size
    return rows


def _write(folder: Path, page: Path, rows: list[dict[str, str]]) -> None:
    # To Hugo a file called index is a folder, and what stands after a dot a language.
    name = page.as_posix().removesuffix(".html").replace(".", "-").replace("index", "index-page")
    path = folder / "content" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"title": _title(page), "rows": rows}) + "\n", "utf-8")
