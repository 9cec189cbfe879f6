"""Published files: what the page of downloads and the descriptions of the data set tell of each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from censorkb.site.draft import Draft
from censorkb.site.formats import ending

COPY = "site/data"  # the data set within the site
MEDIA = {
    "nq": "application/n-quads",
    "trig": "application/trig",
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "csv": "text/csv",
    "json": "application/json",
    "gz": "application/gzip",
}


@dataclass(frozen=True, slots=True)
class Published:
    """A file of the data set on the site.

    Args:
        name: in the folder of the data set.
        size: in bytes.
        digest: its SHA-256.
    """

    name: str
    size: int
    digest: str

    @classmethod
    def of(cls, draft: Draft, name: str) -> Published:
        """Look at a file that was written."""
        path = f"{COPY}/{name}"
        return cls(name, Path(draft.path(path)).stat().st_size, draft.digests[path])

    @property
    def media(self) -> str:
        """Its media type."""
        return MEDIA[ending(self.name)]
