"""What a build leaves to the next one, so that only the pages that a change makes different are rendered again."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path

from censorkb.graph.cache import PENDING, Cache
from censorkb.graph.changes import Changes
from censorkb.graph.edition import digest
from censorkb.site.known import Shelving
from censorkb.site.stale import Figures

_NOTE = "site"


@dataclass(frozen=True, slots=True)
class Renewal:
    """The state of an output.

    Args:
        edition: what it was made by beside the facts.
        left: what its folder looked like.
        spaces: prefix of the things that have a page, by kind of page.
        uses: pairs of a kind of page and a question that its pages ask about what they show.
        contents: where the portions of the data set are in its files.
        figures: those of all the data.
        shown: IRIs of the things that the page of each named question shows.
        met: IRIs of the things that a single page shows through lines, by kind.
        known: columns of what was asked about things, by the shelf of the ledger on which it lies.
        values: how many values lie there, at most.
    """

    edition: str
    left: str
    spaces: dict[str, str]
    uses: list[tuple[str, str]]
    contents: str
    figures: Figures
    shown: dict[str, list[str]]
    met: dict[str, list[str]]
    known: dict[str, list[str]] = field(default_factory=dict)
    values: int = 0

    @classmethod
    def read(cls, cache: Cache, edition: str) -> Renewal | None:
        """Read what the last build left; None if there was none of this edition."""
        note = cache.ledger.note(_NOTE)
        kept = json.loads(note) if note else {}
        return cls(**kept | {"figures": Figures(**kept["figures"])}) if kept.get("edition") == edition else None

    def keep(self, cache: Cache, shelving: Shelving) -> None:
        """Leave it, with no changes pending, and what was asked about things."""
        left = replace(self, known=shelving.columns, values=shelving.count)
        note = {each.name: getattr(left, each.name) for each in fields(self)} | {"figures": asdict(self.figures)}
        cache.ledger.exchange(shelving.gone, shelving.kept, {_NOTE: json.dumps(note), PENDING: str(Changes())})
        cache.settle()


def edition(templates: Path, asked: list[str], out: Path) -> str:
    """A digest of all that pages are made of beside facts, ontology and program.

    Args:
        templates: folder of the templates.
        asked: what it is made for, and what else pages depend on.
        out: folder of the output.
    """
    return digest(json.dumps([*asked, str(out.absolute())]), {templates: ("**/*",)})
