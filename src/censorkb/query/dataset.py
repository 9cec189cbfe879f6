"""The data set that a build wrote, opened for questions."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from censorkb.graph.export import STEM
from censorkb.graph.store import open_store
from censorkb.ontology.ontology import Ontology


class NotBuilt(FileNotFoundError):
    """There is no data set yet; the text is a sentence for the asker."""


def open_built(ontology: Ontology, out: Path) -> ox.Store:
    """Load the data set of a build into a store.

    Args:
        ontology: its terms are loaded beside the data.
        out: folder of the build.

    Raises:
        NotBuilt: nothing was built there.
    """
    path = out / "data" / f"{STEM}.nq"
    try:
        with path.open(encoding="utf-8", newline="\n") as lines:
            return open_store(ontology, lines)
    except FileNotFoundError:
        raise NotBuilt(f"there is no data set in {out}; run 'censorkb build' first") from None
