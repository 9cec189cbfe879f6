"""The main job: facts to data set and site, in one folder."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from censorkb.check.checker import Checked, check
from censorkb.graph import export
from censorkb.graph.derive import derive
from censorkb.graph.derive import lines as derived_lines
from censorkb.graph.knowledge import Knowledge
from censorkb.query.answer import ask
from censorkb.query.question import read_all
from censorkb.query.table import write
from censorkb.root import Root
from censorkb.site.pages import render
from censorkb.site.publish import publishing

CLAIMS_QUESTION = "all-claims"
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did.

    Args:
        checked: the knowledge base and its problems; with errors, nothing was written.
        pages: how many pages the site has.
    """

    checked: Checked
    pages: int = 0


def build(root: Root, out: Path, facts_url: str, say: Say) -> Built:
    """Read, check, derive and write everything; a fault in the facts leaves the last good output as it was.

    Args:
        root: the knowledge base.
        out: folder for `data/` and `site/`.
        facts_url: where the fact files can be seen on the web; pages link there.
        say: told what is being done.
    """
    say("reading")
    knowledge = Knowledge.read(root)
    say("checking")
    checked = check(knowledge)
    if checked.errors:
        return Built(checked)
    say("deriving")
    ontology, store = knowledge.ontology, checked.store
    lines = sorted([*knowledge.lines(), *derived_lines(ontology, derive(ontology, store))])
    say("writing")
    claims = ask(ontology, store, read_all(ontology)[CLAIMS_QUESTION].sparql)
    data = [*export.files(ontology, lines), ("claims.csv", write(ontology, claims, "csv").encode())]
    pages = 0
    with _no_search_for_cycles(), publishing(out) as draft:
        for name, content in data:
            draft.write(f"data/{name}", content)
            draft.write(f"site/data/{name}", content)
        for name, content in render(ontology, store, root.templates, facts_url):
            draft.write(f"site/{name}", content)
            pages += name.endswith(".html")
    return Built(checked, pages)


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Let nobody look for cycles among rows and pages, which have none: the search takes a sixth of the rendering."""
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searched:
            gc.enable()
