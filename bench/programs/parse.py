"""Read all fact files of a knowledge base with one reader. usage: parse (censorkb|pyyaml|yaml-rs|...) ROOT

The clock runs from the paths of the files to objects in memory, ours with line and column of every key and value. Each
file's are dropped before the next is read, as our program does it. Its own walk through the folders counts for ours.
What was read is told by reading once more without the clock.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.clock import Clock, digest, tell

Load = Callable[[bytes], Any]


def censorkb(root: Path, clock: Clock) -> Iterator[tuple[str, Any]]:
    """The reading room: nodes that know their places, and everything refused that the room refuses."""
    from censorkb.facts.document import Folder
    from censorkb.ontology.ontology import Ontology
    from censorkb.root import Root

    home = Root(root)
    folder = Folder(home, list(Ontology(home.ontology).forms.by_folder))
    with clock.running():
        for _ in folder:
            pass
    assert not folder.problems
    return ((document.name, _plain(node)) for document, node in folder)


def other(name: str, root: Path, clock: Clock) -> Iterator[tuple[str, Any]]:
    """Another reader."""
    load, paths = LOADERS[name](), sorted((root / "facts").rglob("*.yaml"))
    with clock.running():
        for path in paths:
            load(path.read_bytes())
    return ((path.relative_to(root).as_posix(), load(path.read_bytes())) for path in paths)


def _plain(node: Any) -> Any:
    """Nodes of ours as dictionaries, lists and texts."""
    if hasattr(node, "entries"):
        return {key: _plain(value) for key, (_, value) in node.entries.items()}
    if hasattr(node, "items"):
        return [_plain(item) for item in node.items]
    return None if node.empty else node.text


def _texts(value: Any) -> Any:
    """Everything as text, as it is in the file, if the reader has not changed it."""
    if isinstance(value, dict):
        return {str(key): _texts(inner) for key, inner in value.items()}
    return [_texts(inner) for inner in value] if isinstance(value, list) else "" if value is None else str(value)


def _loads(module: str, function: str = "loads") -> Load:
    loads = getattr(importlib.import_module(module), function)
    return lambda content: loads(content.decode())


def _pyyaml() -> Load:
    yaml = importlib.import_module("yaml")
    return lambda content: yaml.load(content.decode(), yaml.CSafeLoader)


def _rapidyaml() -> Load:
    """Its tree to Python objects by way of JSON, which is faster than node by node."""
    ryml, orjson = importlib.import_module("ryml"), importlib.import_module("orjson")
    return lambda content: orjson.loads(ryml.emit_json(ryml.parse_in_arena(content)))


LOADERS: dict[str, Callable[[], Load]] = {
    "pyyaml": _pyyaml,
    "yaml-rs": lambda: _loads("yaml_rs"),
    "oryaml": lambda: _loads("oryaml"),
    "ryaml": lambda: _loads("ryaml"),
    "fastyaml-rs": lambda: _loads("fast_yaml", "safe_load"),
    "rapidyaml": _rapidyaml,
    "yamlrocks": lambda: importlib.import_module("yamlrocks").loads,
}


def main(name: str, root: Path) -> None:
    """Read, and say what was read."""
    clock = Clock()
    read = censorkb(root, clock) if name == "censorkb" else other(name, root, clock)
    tell(digest(f"{file} {json.dumps(_texts(value), sort_keys=True)}" for file, value in read), clock)


main(sys.argv[1], Path(sys.argv[2]))
