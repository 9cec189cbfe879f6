"""Where a knowledge base keeps its parts."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).resolve()


def caches() -> Path:
    """Folder of all that runs leave to later ones: CENSORKB_CACHE, else one in the user's cache."""
    from platformdirs import user_cache_path

    return Path(os.environ.get("CENSORKB_CACHE") or user_cache_path("censorkb", appauthor=False))


@dataclass(frozen=True, slots=True)
class Root:
    """The folder of a knowledge base.

    Facts always come from it. The ontology and the site templates come from it if it has any, else from censorkb's own.
    """

    path: Path

    @property
    def facts(self) -> Path:
        """Folder of the fact files."""
        return self.path / "facts"

    @property
    def ontology(self) -> Path:
        """Folder of the Turtle files, rules and questions."""
        return self._own_or_shipped("ontology", "prefixes.ttl")

    @property
    def templates(self) -> Path:
        """Folder of the site's table of pages, templates and static files."""
        return self._own_or_shipped("site_templates", "pages.toml")

    @property
    def web(self) -> Path | None:
        """Folder of the scripts that the installation has bundled; None if it did without."""
        folder = _HERE.parent / "shipped" / "web"
        return folder if (folder / "STAMP").is_file() else None

    @property
    def cache(self) -> Path:
        """Folder of what runs leave to later ones: a folder for each knowledge base."""
        return caches() / hashlib.sha256(os.fsencode(self.path.resolve())).hexdigest()[:16]

    def _own_or_shipped(self, name: str, landmark: str) -> Path:
        # A wheel carries both folders inside the package; a checkout has them beside src/.
        for candidate in (self.path / name, _HERE.parent / "shipped" / name, _HERE.parents[2] / name):
            if (candidate / landmark).is_file():
                return candidate
        raise FileNotFoundError(f"no {name} folder in the knowledge base, nor beside the program")
