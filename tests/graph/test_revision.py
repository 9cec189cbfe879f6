"""A revision reads the documents that changed and those that rest on what changed, and no others."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from censorkb.check.recheck import recheck
from censorkb.facts import stamp as stamps
from censorkb.graph import cache as caches
from censorkb.graph import revision as revisions
from censorkb.graph.cache import caching
from censorkb.graph.edition import edition
from censorkb.graph.revision import Revision, revise
from censorkb.root import Root

TOY = Path(__file__).parents[1] / "toy"
CLAIMS = "sources/2025/2025-04-10-wire-one-hallo-slow.yaml"


class Base:
    """A copy of the toy that was checked."""

    def __init__(self, root, ontology) -> None:
        self.root, self.ontology = root, ontology

    def recheck(self) -> None:
        with caching(self.root, self.ontology) as cache:
            recheck(self.root, self.ontology, cache)

    def revise(self) -> Revision | None:
        with caching(self.root, self.ontology) as cache:
            assert cache
            return revise(self.root, self.ontology, cache)

    def replace(self, name: str, old: str, new: str) -> None:
        path = self.root.facts / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    def read(self) -> list[str]:
        """Names of the documents that are read again, without their folder."""
        revision = self.revise()
        assert revision
        return sorted(name.removeprefix("facts/") for name in revision.gone | revision.knowledge.mapped.keys())

    def naming(self, word: str) -> set[str]:
        """Names of the documents that have a word."""
        paths: Iterable[Path] = self.root.facts.rglob("*.yaml")
        return {p.relative_to(self.root.facts).as_posix() for p in paths if word in p.read_text("utf-8").split()}


@pytest.fixture(scope="module")
def kept(tmp_path_factory, ontology) -> Path:
    """The toy and its cache, to be copied."""
    folder = tmp_path_factory.mktemp("kept")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CENSORKB_CACHE", str(folder / "cache"))
        patch.setattr(caches, "edition", lambda _: "this")
        shutil.copytree(TOY / "facts", folder / "toy/facts")
        base = Base(Root(folder / "toy"), ontology)
        base.recheck()
        base.root.cache.rename(folder / "kept")
    return folder


@pytest.fixture
def base(tmp_path, kept, ontology, monkeypatch) -> Base:
    monkeypatch.setenv("CENSORKB_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(caches, "edition", lambda _: "this")
    shutil.copytree(kept / "toy", tmp_path / "toy")
    made = Base(Root(tmp_path / "toy"), ontology)
    shutil.copytree(kept / "kept", made.root.cache)
    return made


def test_if_nothing_has_changed_nothing_is_read(base):
    assert base.read() == []
    assert not base.revise().changes


def test_other_words_of_a_claim_concern_its_document_alone(base):
    base.replace(CLAIMS, "says: ", "says: Indeed, ")
    assert base.read() == [CLAIMS]
    changes = base.revise().changes
    assert (len(changes.removed), len(changes.added)) == (1, 1)


def test_another_name_of_a_party_concerns_its_document_alone(base):
    base.replace("entities/agents/wire-one.yaml", "label: ", "aliases: [The One]\nlabel: ")
    assert base.read() == ["entities/agents/wire-one.yaml"]


def test_a_party_that_is_gone_concerns_all_who_speak_of_it(base):
    (base.root.facts / "entities/agents/wire-one.yaml").unlink()
    assert {"entities/agents/wire-one.yaml", *base.naming("wire-one")} <= set(base.read())


def test_a_party_of_another_kind_concerns_all_who_speak_of_it(base):
    base.replace("entities/agents/wire-one.yaml", "type: media", "type: company")
    assert base.naming("wire-one") <= set(base.read())


def test_an_id_that_is_new_concerns_those_who_spoke_of_it_in_vain(base):
    path = base.root.facts / "entities/agents/wire-one.yaml"
    text = path.read_text("utf-8")
    path.unlink()
    base.recheck()
    path.write_text(text, "utf-8")
    assert base.naming("wire-one") <= set(base.read())


def test_an_id_that_is_used_twice_concerns_both_documents(base):
    other = base.root.facts / "entities/agents/deeper/wire-one.yaml"
    other.parent.mkdir()
    shutil.copy(base.root.facts / "entities/agents/wire-one.yaml", other)
    assert {"entities/agents/deeper/wire-one.yaml", "entities/agents/wire-one.yaml"} <= set(base.read())


def test_a_file_that_holds_what_it_held_is_not_read_and_its_new_stamp_is_kept(base, monkeypatch):
    monkeypatch.setattr(stamps, "MARGIN", 0)
    path = base.root.facts / CLAIMS
    os.utime(path)
    time.sleep(0.02)
    assert base.read() == []
    taken = []
    monkeypatch.setattr(revisions.Print, "of", lambda path: taken.append(path))
    base.revise()
    assert path not in taken


def test_the_state_of_every_document_is_taken_before_it_is_read(base, monkeypatch):
    """Of those that rest on others as well: else what is written in between would never be seen."""
    events = []
    of, take = revisions.Print.of, revisions.Knowledge.take
    monkeypatch.setattr(revisions.Print, "of", lambda path: (events.append(path.name), of(path))[1])
    monkeypatch.setattr(
        revisions.Knowledge,
        "take",
        lambda self, document: (events.append(f"read {document.name}"), take(self, document))[1],
    )
    (base.root.facts / "entities/agents/wire-one.yaml").unlink()
    revision = base.revise()
    assert len(revision.knowledge.mapped) > 2
    for name in revision.knowledge.mapped:
        assert events.index(Path(name).name) < events.index(f"read {name}")
        assert name in revision.prints


def test_if_very_much_has_changed_all_is_read(base, monkeypatch):
    monkeypatch.setattr(revisions, "FEW", 2)
    paths = sorted(base.root.facts.glob("sources/*/*.yaml"))
    for count, path in enumerate(paths[: 82 // revisions.SHARE + 1], 1):
        assert (base.revise() is None) == (count - 1 > 82 // revisions.SHARE)
        path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    assert base.revise() is None


def test_the_first_run_has_nothing_to_revise(base):
    shutil.rmtree(base.root.cache)
    assert base.revise() is None


# --- what a cache was made by


def test_an_edition_is_of_the_ontology_wherever_it_is(ontology, tmp_path):
    here, there = ontology.folder, tmp_path / "ontology"
    shutil.copytree(here, there)
    assert edition(there) == edition(here)


@pytest.mark.parametrize("library", ["babel", "jinja2", "msgspec", "pyoxigraph", "pyyaml"])
def test_an_edition_changes_with_each_library_whose_answers_are_kept(ontology, monkeypatch, tmp_path, library):
    before = edition(ontology.folder)
    (tmp_path / f"{library}-999.dist-info").mkdir()
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    assert edition(ontology.folder) != before


FILES = ["shapes/claim.ttl", "schemes/phase.ttl", "prefixes.ttl", "rules/10-root.rq", "questions/all-claims.rq"]


@pytest.mark.parametrize("name", FILES)
def test_an_edition_changes_with_each_file_that_the_facts_are_judged_by(ontology, tmp_path, name):
    there = tmp_path / "ontology"
    shutil.copytree(ontology.folder, there)
    before = edition(there)
    (there / name).write_text((there / name).read_text("utf-8") + "\n# more\n", "utf-8")
    assert edition(there) != before
