"""Where a knowledge base keeps its parts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).resolve()


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

    def _own_or_shipped(self, name: str, landmark: str) -> Path:
        # A wheel carries both folders inside the package; a checkout has them beside src/.
        for candidate in (self.path / name, _HERE.parent / "shipped" / name, _HERE.parents[2] / name):
            if (candidate / landmark).is_file():
                return candidate
        raise FileNotFoundError(f"no {name} folder in the knowledge base, nor beside the program")
