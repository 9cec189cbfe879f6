"""The same facts make the same bytes, whatever the order of files, hash seed, locale and folder."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from censorkb.graph.knowledge import Knowledge
from censorkb.graph.statements import Statements
from censorkb.problem import Place
from censorkb.root import Root

PROJECT = Path(__file__).parents[2]
TOY = PROJECT / "tests/toy"
PROGRAM = """
import hashlib, sys
from pathlib import Path
from censorkb.graph.chunk import Chunker
from censorkb.graph.derive import derive
from censorkb.graph.derive import lines as derived_lines
from censorkb.graph.knowledge import Knowledge
from censorkb.graph.store import open_store
from censorkb.root import Root
knowledge = Knowledge.read(Root(Path(sys.argv[1])))
store = open_store(knowledge.ontology, knowledge.lines())
derive(knowledge.ontology, store)
lines = sorted([*knowledge.lines(), *derived_lines(knowledge.ontology, store)])
digest = hashlib.sha256()
for content in Chunker(knowledge.ontology).chunk(lines).parts:
    digest.update(content)
for problem in sorted(knowledge.text_problems, key=lambda p: p.key):
    digest.update(f"{problem.place} {problem.message} {problem.fix}".encode())
print(digest.hexdigest())
"""


@pytest.fixture(scope="module")
def toy() -> Knowledge:
    return Knowledge.read(Root(TOY))


def test_the_order_of_files_changes_nothing(toy):
    documents = list(toy.folder.documents())
    random.Random(1).shuffle(documents)
    shuffled = Knowledge(Root(TOY), toy.ontology)
    for document in documents:
        shuffled.take(document)
    assert list(shuffled.lines()) == list(toy.lines())


def test_hash_seed_locale_time_zone_and_folder_change_nothing(tmp_path):
    elsewhere = tmp_path / "a b" / "ü"
    shutil.copytree(TOY, elsewhere)
    runs = (
        (TOY, {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"}, PROJECT),
        (elsewhere, {"PYTHONHASHSEED": "4242", "TZ": "Asia/Tehran", "LC_ALL": "C"}, tmp_path),
    )
    digests = set()
    for root, changes, folder in runs:
        environment = {**os.environ, "PYTHONPATH": str(PROJECT / "src"), **changes}
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(root)],
            capture_output=True,
            text=True,
            check=True,
            env=environment,
            cwd=folder,
        )
        digests.add(done.stdout.strip())
    assert len(digests) == 1


def test_lines_are_sorted_by_code_point_unique_and_without_blank_nodes(toy):
    lines = list(toy.lines())
    assert lines == sorted(set(lines)) or sorted(lines) == sorted(set(lines))
    assert not any("_:" in line.partition('"')[0] for line in lines)


def test_each_source_is_a_graph_and_entities_and_conclusions_have_their_own(toy):
    names = toy.names
    sources = {document.stem for document in toy.documents.values() if document.folder == "sources"}
    graphs = {graph for mapped in toy.mapped.values() for graph in mapped.packs}
    assert graphs == {names("graph:entities"), *(names(f"graph:{stem}") for stem in sources)}


def test_every_statement_has_a_place_in_a_file(toy):
    for quad in ox.parse("".join(toy.lines()), format=ox.RdfFormat.N_QUADS):
        place = toy.place(str(quad.subject), str(quad.predicate), str(quad.object))
        assert place is not None
        assert place.file in toy.documents


def test_the_nearest_place_of_a_statement_is_that_of_the_value_then_of_the_key_then_of_the_thing():
    statements = Statements()
    statements.add("g", ("s", "p", "o1"), Place("f", 1))
    statements.add("g", ("s", "p", "o2"), Place("f", 2))
    statements.places[("s",)] = Place("f", 9)
    assert [
        statements.place("s", "p", "o2"),
        statements.place("s", "p", "o3"),
        statements.place("s", "q"),
        statements.place("t"),
    ] == [Place("f", 2), Place("f", 1), Place("f", 9), None]


def test_the_digest_of_the_toy_is_the_same_twice():
    def digest() -> str:
        return hashlib.sha256("".join(Knowledge.read(Root(TOY)).lines()).encode()).hexdigest()

    assert digest() == digest()
