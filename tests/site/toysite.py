"""How tests render the site of a knowledge base."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from censorkb.graph.derive import derive
from censorkb.graph.knowledge import Knowledge
from censorkb.graph.store import open_store
from censorkb.root import Root
from censorkb.site.pages import Renderer

TOY = Path(__file__).resolve().parents[1] / "toy"
FACTS_URL = "https://example.org/facts-on-the-web/"


def rendered(path: Path, templates: Path | None = None) -> dict[str, bytes]:
    """The site of the knowledge base in a folder, by address; with templates of its own or those of the project."""
    root = Root(path)
    knowledge = Knowledge.read(root)
    store: ox.Store = open_store(knowledge.ontology, knowledge.lines())
    derive(knowledge.ontology, store)
    files: dict[str, bytes] = {}
    for name, content in Renderer(knowledge.ontology, store, templates or root.templates, FACTS_URL).all():
        assert name not in files, f"{name} was written twice"
        files[name] = content
    return files


def written(files: dict[str, bytes], folder: Path) -> Path:
    """Put a site into a folder and return it."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder
