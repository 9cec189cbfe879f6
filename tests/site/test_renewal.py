"""A build after a change renders only what the change makes different, and leaves the bytes of a build of everything."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable, Collection
from pathlib import Path

import pytest
from toysite import FACTS_URL
from vandal import Vandal

import censorkb.site.build
import censorkb.site.crew
import censorkb.site.data
import censorkb.site.pages
from censorkb.query.answer import Answer
from censorkb.root import Root
from censorkb.site.answers import Answers
from censorkb.site.build import Built, build
from censorkb.site.draft import Part
from censorkb.site.known import Lines
from censorkb.site.pages import Renderer
from censorkb.site.plan import Section, Some
from censorkb.site.rows import SomeRows
from censorkb.site.snapshot import Snapshot

pytestmark = pytest.mark.slow

Build = Callable[..., Built]
CLAIMS = 76  # of the toy
SOURCE = "facts/sources/2025/2025-10-07-north-post-chirp-dark.yaml"


@pytest.fixture
def root(toy_copy: Root, english: Path) -> Root:
    """A copy of the toy with templates of its own, in one language."""
    shutil.copytree(english, toy_copy.path / "site_templates")
    return toy_copy


def run(root: Root, out: str = "build", *, fresh: bool = False, jobs: int = 1) -> Built:
    return build(root, root.path / out, FACTS_URL, lambda _: None, fresh=fresh, jobs=jobs)


def files(root: Root, out: str = "build") -> dict[str, bytes]:
    folder = root.path / out
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def edit(root: Root, name: str, old: str, new: str) -> None:
    path = root.path / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_a_second_build_renders_nothing(root):
    first = run(root)
    before = files(root)
    second = run(root)
    assert (first.written, second.written) == (first.pages, 0)
    assert second.pages == first.pages
    assert files(root) == before


def test_a_word_of_one_claim_renders_the_pages_that_show_it_and_no_others(root):
    whole = run(root)
    before = files(root)
    edit(root, SOURCE, "says: ", "says: Amended. ")
    renewed = run(root)
    after = files(root)
    changed = {name for name in after if after[name] != before[name] and name.endswith(".html")}
    assert 0 < renewed.written < whole.pages / 3
    assert {"site/en/claims.html", "site/en/source/2025-10-07-north-post-chirp-dark.html"} <= changed
    assert len(changed) <= renewed.written
    run(root, "fresh", fresh=True)
    assert after == files(root, "fresh")


def test_a_word_of_one_claim_renders_its_pages_in_every_language(toy_copy):
    whole = run(toy_copy)
    before = files(toy_copy)
    edit(toy_copy, SOURCE, "says: ", "says: Amended. ")
    assert 0 < run(toy_copy).written < whole.pages / 3
    after = files(toy_copy)
    changed = {name for name in after if after[name] != before[name] and name.startswith("site/en/")}
    for language in ("fr", "ru"):
        start = f"site/{language}/"
        assert {name for name in after if after[name] != before[name] and name.startswith(start)} == {
            name.replace("site/en/", start) for name in changed
        }
    run(toy_copy, "fresh", fresh=True)
    assert after == files(toy_copy, "fresh")


def test_a_page_that_has_not_changed_is_the_same_file(root):
    run(root)
    page = root.path / "build/site/en/about.html"
    before = page.stat()
    edit(root, SOURCE, "says: ", "says: Amended. ")
    run(root)
    assert (page.stat().st_ino, page.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_file_of_the_output_that_somebody_touched_is_written_again(root):
    run(root)
    before = files(root)
    (root.path / "build/site/en/about.html").write_text("mine", "utf-8")
    (root.path / "build/site/en/more.html").write_text("mine", "utf-8")
    run(root)
    assert files(root) == before


def test_a_page_that_somebody_changed_where_it_lies_is_set_right_when_it_is_rendered(root):
    run(root)
    page = next(
        path for path in sorted((root.path / "build/site/en/claim").glob("*.html")) if Path(SOURCE).stem in path.name
    )
    before = page.read_bytes()
    page.write_text("mine", "utf-8")
    edit(root, SOURCE, "says: ", "says: Amended. ")
    run(root)
    edit(root, SOURCE, "says: Amended. ", "says: ")
    page.write_text("mine", "utf-8")
    run(root)
    assert page.read_bytes() == before


def test_data_that_somebody_changed_is_written_again(root):
    run(root)
    before = files(root)
    (root.path / "build/data/censorkb.ttl").write_text("mine", "utf-8")
    assert run(root).written > 0
    assert files(root) == before


@pytest.mark.parametrize("name", ["censorkb.ttl", "censorkb.nt.gz", "claims.json"])
def test_data_that_decayed_without_a_trace_is_written_again(root, monkeypatch, name):
    run(root)
    path = root.path / "build/data" / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    monkeypatch.setattr(Snapshot, "still", lambda folder, closely, _: Snapshot(folder, closely))
    edit(root, SOURCE, "says: ", "says: Amended. ")
    run(root)
    run(root, "fresh", fresh=True)
    assert files(root) == files(root, "fresh")


def test_changes_that_a_check_has_seen_reach_the_site(root):
    from censorkb.check.recheck import recheck
    from censorkb.graph.cache import caching
    from censorkb.ontology.ontology import Ontology

    run(root)
    ontology = Ontology(root.ontology)
    for words in ("Once.", "Twice."):
        edit(root, SOURCE, "says: ", f"says: {words} ")
        with caching(root, ontology) as cache:
            recheck(root, ontology, cache)
    run(root)
    run(root, "fresh", fresh=True)
    assert files(root) == files(root, "fresh")


def test_a_fault_leaves_the_output_and_mending_it_goes_on_from_there(root):
    run(root)
    before = files(root)
    edit(root, SOURCE, "says: ", "sais: ")
    assert run(root).checked.errors
    assert files(root) == before
    edit(root, SOURCE, "sais: ", "says: ")
    assert run(root).written == 0


def set_few(root: Root, claims: int) -> None:
    """Change the templates so that so many claims are few, and more than two are much to say of a measure."""
    plan = root.templates / "pages.toml"
    plan.write_text(re.sub(r"^few = \d+$", f"few = {claims}", plan.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    edit(root, "site_templates/questions/measure-many.rq", "> 14", "> 2")


def test_many_claims_are_shown_by_month_and_year_only(root):
    run(root)
    few = files(root)
    set_few(root, 0)
    run(root)
    many = files(root)
    further = {name for name in many if name.startswith("site/en/evidence/")}
    assert further and few.keys() == many.keys() - further
    for name in ("claims", "sources", "measures", "disputes", "index"):
        assert len(many[f"site/en/{name}.html"]) < len(few[f"site/en/{name}.html"]), name
        assert b"/2025" in many[f"site/en/{name}.html"]


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "few"), [(1, 1000), (2, 0), (3, None)])
def test_after_any_edits_the_output_is_that_of_a_build_of_everything(root, seed, few):
    vandal, amended = Vandal(root.facts, seed), 0
    checked = run(root).checked
    set_few(root, checked.claims([*checked.knowledge.documents.values()]) if few is None else few)
    run(root)
    for _ in range(25):
        before = {path: path.read_text("utf-8") for path in root.facts.rglob("*.yaml")}
        done, built = vandal.strike(), run(root)
        if built.checked.errors:
            _restore(root, before)
            continue
        run(root, "fresh", fresh=True)
        assert files(root) == files(root, "fresh"), done
        amended += 0 < built.written < built.pages
    assert amended


def _restore(root: Root, before: dict[Path, str]) -> None:
    for path in [*root.facts.rglob("*.yaml")]:
        if path not in before:
            path.unlink()
    for path, text in before.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")


def test_a_build_by_several_processes_leaves_what_one_leaves_and_the_next_build_goes_on_from_it(root, monkeypatch):
    monkeypatch.setattr(censorkb.site.pages, "WORTH_IT", 0)
    run(root, jobs=3)
    run(root, "alone", fresh=True)
    assert files(root) == files(root, "alone")
    edit(root, SOURCE, "  says: ", "  says: Now ")
    built = run(root, jobs=3)
    run(root, "alone", fresh=True)
    assert 0 < built.written < built.pages
    assert files(root) == files(root, "alone")


@pytest.mark.parametrize(("held", "jobs"), [(1_000_000, 8), (3 * CLAIMS, 2), (CLAIMS, 1)])
def test_no_more_processes_make_pages_than_have_room_together(root, monkeypatch, held, jobs):
    real, asked = Renderer.write, list[int]()

    def write(self: Renderer, site: Part, *, whole: bool, hands: int) -> None:
        asked.append(hands)
        real(self, site, whole=whole)

    monkeypatch.setattr(Renderer, "write", write)
    monkeypatch.setattr(censorkb.site.crew, "hands", lambda: 8)
    monkeypatch.setattr(censorkb.site.build, "HELD", held)
    build(root, root.path / "build", FACTS_URL, lambda _: None)
    assert asked == [jobs]


def test_pages_in_batches_are_the_pages_that_are_rendered_at_once(toy, english, monkeypatch):
    monkeypatch.setattr(censorkb.site.pages, "BATCH", 7)
    templates = english

    def renderer() -> Renderer:
        return Renderer(toy.ontology, toy.store, templates, FACTS_URL)

    whole = dict(renderer().all())
    assert dict(renderer().all(whole=False)) == whole


def test_a_page_of_the_last_claims_asks_about_one_month_and_about_more_only_if_that_is_not_enough(
    toy, english, monkeypatch
):
    real, asked, by_file = Answers.about, list[int](), dict[str, list[int]]()

    def about(self: Answers, question: str, column: str, things: Collection[str]) -> Answer:
        if question == "month-claims":
            asked.append(len(things))
        return real(self, question, column, things)

    monkeypatch.setattr(Answers, "about", about)
    for name, _ in Renderer(toy.ontology, toy.store, english, FACTS_URL).all(whole=False):
        by_file[name] = [*asked]
        asked.clear()
    assert by_file["en/latest.atom"][:2] == [1, 4]


def test_tables_in_batches_are_the_tables_of_everything(root, monkeypatch):
    run(root)
    monkeypatch.setattr(censorkb.site.data, "AT_ONCE", 7)
    run(root, "batches", fresh=True)
    assert files(root, "batches") == files(root)


@pytest.mark.parametrize("batch", [10_000, 1])
def test_some_pages_are_the_same_as_among_all(toy, english, monkeypatch, batch):
    monkeypatch.setattr(censorkb.site.pages, "BATCH", batch)
    templates = english
    first, second = (Renderer(toy.ontology, toy.store, templates, FACTS_URL) for _ in range(2))
    whole = dict(first.all())
    pages = {name.removeprefix("en/") for name in whole}
    wanted = Some({kind.name: first.directory.members(kind)[:2] for kind in first.plan.kinds}, {"overview", "disputes"})
    second.directory.know(pages, first.directory.spaces())
    some = dict(second.some(wanted))
    assert len(some) > 15
    assert {name: whole[name] for name in some} == some


def test_few_pages_make_the_rows_of_a_thing_once_for_all_kinds_of_pages(toy, english, monkeypatch):
    real, made = SomeRows._answer, Counter[tuple[int, Section, str]]()

    def answer(self: SomeRows, section: Section, things: set[str]) -> tuple[tuple[str, ...], Lines]:
        made.update((id(self), section, thing) for thing in things)
        return real(self, section, things)

    first, second = (Renderer(toy.ontology, toy.store, english, FACTS_URL) for _ in range(2))
    pages = {name.removeprefix("en/") for name in dict(first.all())}
    second.directory.know(pages, first.directory.spaces())
    monkeypatch.setattr(SomeRows, "_answer", answer)
    wanted = Some({kind.name: first.directory.members(kind)[:2] for kind in first.plan.kinds}, set())
    assert len(dict(second.some(wanted))) > 15
    assert made
    assert {key for key, number in made.items() if number > 1} == set()
