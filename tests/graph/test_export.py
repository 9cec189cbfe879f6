"""The data set is written portion by portion, and is as good as if it had been written in one go."""

from __future__ import annotations

import gzip
import hashlib
import json
import random
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from censorkb.graph import contents as places
from censorkb.graph import derive as rules
from censorkb.graph import export
from censorkb.graph.chunk import FORMS, Chunk, Chunker
from censorkb.graph.contents import Contents, Trail, Written, opened
from censorkb.graph.knowledge import Knowledge
from censorkb.graph.store import open_store
from censorkb.ontology.ontology import Ontology
from censorkb.problem import Failure
from censorkb.root import Root

TOY = Path(__file__).parents[1] / "toy"
FORMATS = {
    "nq": ox.RdfFormat.N_QUADS, "trig": ox.RdfFormat.TRIG, "ttl": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD,
    "nt.gz": ox.RdfFormat.N_TRIPLES,
}  # fmt: skip
WITHOUT_GRAPHS = ("ttl", "nt.gz")


@dataclass(frozen=True, slots=True)
class DataSet:
    """The data set of the toy.

    Args:
        chunker: what makes its chunks.
        portions: name and lines of each portion.
        chunks: name and chunk of each portion.
        files: the file of each format.
        contents: where the portions are in them.
    """

    chunker: Chunker
    portions: dict[str, list[str]]
    chunks: dict[str, Chunk]
    files: dict[str, bytes]
    contents: Contents

    @property
    def lines(self) -> list[str]:
        """All statements."""
        return [line for lines in self.portions.values() for line in lines]

    @property
    def quads(self) -> set[ox.Quad]:
        """All statements, parsed."""
        return set(ox.parse("".join(self.lines), format=ox.RdfFormat.N_QUADS))


def written(chunker: Chunker, chunks: dict[str, Chunk]) -> tuple[dict[str, bytes], Contents]:
    outputs = [bytearray() for _ in FORMS]
    contents = export.write(chunker, chunks.items(), [output.extend for output in outputs])
    return dict(zip(FORMS, map(bytes, outputs), strict=True)), contents


@pytest.fixture(scope="module")
def toy() -> DataSet:
    knowledge = Knowledge.read(Root(TOY))
    store = open_store(knowledge.ontology, knowledge.lines())
    rules.derive(knowledge.ontology, store)
    portions = {
        mapped.name: knowledge.lines_of(mapped)
        + rules.about(knowledge.ontology, store, mapped.things, rules.graphs(knowledge.ontology, by_rule=False))
        for mapped in knowledge.portions()
    }
    chunker = Chunker(knowledge.ontology)
    chunks = {name: chunker.chunk(lines) for name, lines in portions.items()}
    files, contents = written(chunker, chunks)
    return DataSet(chunker, portions, chunks, files, contents)


@pytest.fixture(scope="module")
def chunker(ontology: Ontology) -> Chunker:
    return Chunker(ontology)


def parsed(form: str, content: bytes) -> list[ox.Quad]:
    return list(ox.parse(gzip.decompress(content) if form.endswith(".gz") else content, format=FORMATS[form]))


def line(subject: str, graph: str = "g", object_: str = '"x"', predicate: str = "p") -> str:
    start = "https://example.org/"
    return f"<{start}{subject}> <{start}{predicate}> {object_} <{start}{graph}> .\n"


# --- what is in the files


@pytest.mark.parametrize("form", FORMS)
def test_every_format_holds_the_same_statements(toy, form):
    found = parsed(form, toy.files[form])
    if form in WITHOUT_GRAPHS:
        assert {quad.triple for quad in found} == {quad.triple for quad in toy.quads}
    else:
        assert set(found) == toy.quads
    assert len(found) == len(set(found)), "none twice"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("form", "name"), [("nq", "nquads"), ("trig", "trig"), ("jsonld", "json-ld"), ("ttl", "turtle")]
)
def test_another_reader_finds_the_same_statements(toy, form, name):
    read = rdflib.Dataset() if form != "ttl" else rdflib.Graph()
    read.parse(data=toy.files[form].decode(), format=name)
    known = rdflib.Dataset() if form != "ttl" else rdflib.Graph()
    known.parse(data="".join(toy.lines if form != "ttl" else (f"{t} .\n" for t in {q.triple for q in toy.quads})),
                format="nquads" if form != "ttl" else "nt")  # fmt: skip
    assert set(read) == set(known)


def test_the_portions_are_all_statements_of_the_facts_and_all_that_follows(toy):
    knowledge = Knowledge.read(Root(TOY))
    store = open_store(knowledge.ontology, knowledge.lines())
    rules.derive(knowledge.ontology, store)
    conclusions = sorted(rules.lines(knowledge.ontology, store))
    assert sorted(set(toy.lines)) == sorted([*knowledge.lines(), *conclusions])


def test_the_lines_of_record_are_in_code_point_order_within_each_portion(toy):
    record = toy.files["nq"].decode()
    assert record == "".join("".join(sorted(set(lines))) for lines in toy.portions.values())
    assert list(toy.portions) == sorted(toy.portions)


@pytest.mark.parametrize("form", ["trig", "ttl"])
def test_prefixes_stand_once_at_the_top(toy, form):
    lines = toy.files[form].splitlines()
    declared = [number for number, text in enumerate(lines) if text.startswith(b"@prefix")]
    assert declared == list(range(len(declared)))
    assert len(declared) > 20
    assert b"<https://w3id.org/censorkb/ns#" not in b"\n".join(lines[len(declared) :])


def test_a_thing_with_its_facts_and_conclusions_is_one_block_of_turtle(toy):
    starts = [text.split()[0] for text in toy.files["ttl"].splitlines() if text[:1] not in (b"\t", b"@")]
    assert len(starts) == len(set(starts)) == len({quad.subject for quad in toy.quads})


def test_json_ld_is_one_array_with_a_line_for_each_portion(toy):
    assert len(json.loads(toy.files["jsonld"])) >= len(toy.portions)
    assert toy.files["jsonld"].count(b"\n") == len(toy.portions) + 2


def test_a_data_set_of_nothing_is_well_formed(chunker):
    files, contents = written(chunker, {})
    assert all(parsed(form, files[form]) == [] for form in FORMS)
    assert json.loads(files["jsonld"]) == []
    assert contents.extents == {}


def test_a_portion_of_nothing_leaves_no_trace(chunker):
    some, none = chunker.chunk([line("a")]), chunker.chunk([])
    assert written(chunker, {"a": some}) == written(chunker, {"": none, "a": some, "b": none})


# --- chunks


def test_a_chunk_depends_on_the_statements_alone(toy):
    for name, lines in toy.portions.items():
        shuffled = [*lines, *lines[:3]]
        random.Random(1).shuffle(shuffled)
        assert toy.chunker.chunk(shuffled) == toy.chunks[name]


def test_a_statement_that_two_graphs_make_is_one_triple(chunker):
    chunk = chunker.chunk([line("a", "g"), line("a", "h"), line("a", "g", '"y"')])
    *_, packed = chunk.parts
    assert [part.count(b'"x"') for part in (*chunk.parts[:4], gzip.decompress(packed))] == [2, 2, 1, 2, 1]


def test_each_graph_is_one_block_of_a_chunk(chunker):
    chunk = chunker.chunk([line(subject, graph) for subject in "abc" for graph in "gh"])
    _, trig, _, jsonld, _ = chunk.parts
    assert trig.count(b"{") == len(json.loads(b"[" + jsonld + b"]")) == 2


@pytest.mark.parametrize(
    "text", ['"a <https://example.org/h> ."', r'"\" <b> .\n<c>"@en', '"a"^^<https://example.org/t>']
)
def test_text_that_looks_like_the_end_of_a_line_is_text(chunker, text):
    lines = [line("a", "g", text), line("a", "h"), line("b", "g")]
    assert set(ox.parse(chunker.chunk(lines).parts[1], format=ox.RdfFormat.TRIG)) == set(
        ox.parse("".join(lines), format=ox.RdfFormat.N_QUADS)
    )


@pytest.mark.parametrize("wrong", ["", "nonsense\n", line("a") + line("b"), "<a> <b> .\n"])
def test_lines_that_do_not_hold_what_was_written_are_a_fault_of_the_program(chunker, wrong):
    with pytest.raises((ValueError, SyntaxError)):
        chunker.chunk([line("c"), wrong])


# --- portions


def test_portions_out_of_order_are_a_fault_of_the_program(chunker):
    chunk = chunker.chunk([line("a")])
    with pytest.raises(ValueError, match="out of order"):
        written(chunker, {"b": chunk, "a": chunk})


# --- what an earlier run wrote


@pytest.fixture
def folder(toy, tmp_path) -> Path:
    for form, content in toy.files.items():
        (tmp_path / f"{export.STEM}.{form}").write_bytes(content)
    return tmp_path


def paths(folder: Path) -> list[Path]:
    return [folder / name for name in export.NAMES]


def kept(chunker: Chunker, last: Written, chunks: dict[str, Chunk]) -> dict[str, bytes]:
    """The files of a data set with the portions of the last run, but for some."""
    mixed = {name: chunks.get(name, extent) for name, extent in last.extents.items()}
    mixed |= {name: chunk for name, chunk in chunks.items() if name not in mixed}
    outputs = [bytearray() for _ in FORMS]
    contents = export.write(chunker, sorted(mixed.items()), [output.extend for output in outputs], last)
    again = export.write(chunker, sorted(mixed.items()), [len] * len(FORMS), last)
    assert str(contents) == str(again)
    for name, extent in contents.extents.items():
        start, size = extent.starts[0], extent.sizes[0]
        assert hashlib.sha256(outputs[0][start : start + size]).hexdigest() == extent.record, name
    return dict(zip(FORMS, map(bytes, outputs), strict=True))


def test_a_data_set_of_which_everything_is_kept_is_the_same(toy, folder):
    with opened(paths(folder), Contents.read(str(toy.contents))) as last:
        assert kept(toy.chunker, last, {}) == toy.files


@pytest.mark.parametrize("numbers", [(0,), (-1,), (5,), (5, 6), (0, 7, -1), range(1, 40)], ids=str)
def test_a_data_set_of_old_portions_and_new_ones_is_as_one_made_anew(toy, folder, numbers):
    names = [list(toy.portions)[number] for number in numbers]
    changed = {name: toy.chunker.chunk(toy.portions[name][:-1]) for name in names}
    with opened(paths(folder), toy.contents) as last:
        made = kept(toy.chunker, last, changed)
    assert made == written(toy.chunker, {**toy.chunks, **changed})[0]


def test_portions_come_and_go_between_those_that_are_kept(toy, folder):
    names = list(toy.portions)
    new = {f"{names[3]}-more": toy.chunker.chunk([line("a")]), "a": toy.chunker.chunk([line("b")])}
    with opened(paths(folder), Contents.read(str(toy.contents))) as last:
        for name in (names[0], names[8], names[9]):
            del last.extents[name]
        made = kept(toy.chunker, last, new)
        chunks = {name: toy.chunks[name] for name in last.extents} | new
    assert made == written(toy.chunker, dict(sorted(chunks.items())))[0]


@pytest.mark.parametrize("number", [0, 5, -1])
def test_the_digests_of_what_begins_as_before_are_handed_on(toy, folder, monkeypatch, number):
    monkeypatch.setattr(places, "_BLOCK", 1000)
    name = list(toy.portions)[number]
    chunks = {name: toy.chunker.chunk(toy.portions[name][:-1])}
    before, made = [bytearray() for _ in FORMS], list[tuple[bytes, str]]()

    def output(form: int, content: bytes, digest: hashlib._Hash | None = None) -> None:
        before[form] += content
        if digest:
            made.append((bytes(before[form]), digest.hexdigest()))

    with opened(paths(folder), toy.contents, [*map(Trail, paths(folder))]) as last:
        mixed = {each: chunks.get(each, extent) for each, extent in last.extents.items()}
        export.write(toy.chunker, mixed.items(), [partial(output, form) for form in range(len(FORMS))], last)
    assert dict(zip(FORMS, before, strict=True)) == written(toy.chunker, {**toy.chunks, **chunks})[0]
    assert [digest for _, digest in made] == [hashlib.sha256(content).hexdigest() for content, _ in made]
    assert len(made) >= (0, len(FORMS))[number != 0]


def test_a_data_set_stays_readable_while_it_is_replaced(toy, folder):
    with opened(paths(folder), toy.contents) as last:
        for path in paths(folder):
            path.unlink()
        assert kept(toy.chunker, last, {}) == toy.files


@pytest.mark.parametrize("form", FORMS)
def test_a_file_that_is_cut_off_is_a_fault_of_the_machine(toy, folder, form):
    path = folder / f"{export.STEM}.{form}"
    path.write_bytes(path.read_bytes()[:-100])
    with opened(paths(folder), toy.contents) as last, pytest.raises(Failure):
        kept(toy.chunker, last, {})


def test_files_that_are_not_there_are_a_fault_of_the_machine(toy, tmp_path):
    with pytest.raises(FileNotFoundError), opened(paths(tmp_path), toy.contents):
        pass


def test_contents_are_the_same_after_a_round_trip(toy):
    assert Contents.read(str(toy.contents)) == toy.contents
    for damaged in ("", "[]", str(toy.contents)[:-1], str(toy.contents).replace("facts", "Facts", 1)):
        with pytest.raises(ValueError, match="damaged"):
            Contents.read(damaged)


def test_the_vocabulary_is_written_as_turtle_with_its_prefixes(toy, ontology):
    text = export.vocabulary(toy.chunker, ontology)
    found = list(ox.parse(text, format=ox.RdfFormat.TURTLE))
    assert len(found) == len(set(ontology.vocabulary.terms))
