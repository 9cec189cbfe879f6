"""Write the data set of a knowledge base as `censorkb build` does, without pages. usage: data ROOT OUT"""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from bench.clock import tell
from censorkb.graph import derive
from censorkb.graph.export import STEM
from censorkb.graph.knowledge import Knowledge
from censorkb.graph.store import open_store
from censorkb.root import Root
from censorkb.site.data import SITE, Data
from censorkb.site.publish import publishing


def main(root: Root, out: Path) -> None:
    """Write it, and tell how many statements it has."""
    gc.disable()  # what is read stays to the end
    knowledge = Knowledge.read(root)
    store = open_store(knowledge.ontology, knowledge.lines())
    derive.derive(knowledge.ontology, store)
    with publishing(out) as draft:
        write = draft.write

        def of_the_data(name: str, content: bytes) -> None:
            if not name.startswith(SITE):
                write(name, content)

        draft.write = of_the_data  # type: ignore[method-assign] # the files beside the pages are not wanted
        draft.same_as = lambda *_: None  # type: ignore[method-assign] # nor is what is the same there
        Data(knowledge, store, root.templates, by_rule=False).write(draft)
    with (out / "data" / f"{STEM}.nq").open("rb") as lines:
        tell(sum(1 for _ in lines))


main(Root(Path(sys.argv[1])), Path(sys.argv[2]))
