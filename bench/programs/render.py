"""Render and publish the site of a build. usage: render ROOT BUILD JOBS OUT

The clock runs from the store with the data set of BUILD to all pages on the disk: every question that pages ask, the
templates, the digests, the syncs. Reading, checking and deriving are not in it, nor is writing the data set.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from bench.clock import Clock, tell
from censorkb.cli.build import FACTS_URL
from censorkb.ontology.ontology import Ontology
from censorkb.query.dataset import open_built
from censorkb.root import Root
from censorkb.site.crew import hands
from censorkb.site.draft import Part
from censorkb.site.pages import Renderer
from censorkb.site.publish import publishing


def main(root: Root, built: Path, jobs: int, out: Path) -> None:
    """Render once, in so many processes, or in as many as there are processors if it is 0."""
    ontology = Ontology(root.ontology)
    store = open_built(ontology, built)
    clock = Clock()
    gc.disable()  # as a build does
    with clock.running(), publishing(out) as draft:
        Renderer(ontology, store, root.templates, FACTS_URL).write(Part(draft, ""), hands=jobs or hands())
    tell(sum(path.stat().st_size for path in out.rglob("*") if path.is_file()), clock)


main(Root(Path(sys.argv[1])), Path(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
