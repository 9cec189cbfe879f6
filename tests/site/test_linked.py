"""What the data set says of a thing is found at the place that the thing's name has on the site, and its page there too."""

from __future__ import annotations

import json
import posixpath
import re
from pathlib import Path

import pytest
from markup import Markup
from rdflib import Dataset, Graph, URIRef
from toysite import FACTS_URL

from censorkb.ontology.ontology import Ontology
from censorkb.root import Root
from censorkb.site.build import Asked, build

pytestmark = pytest.mark.slow

TOY = Path(__file__).resolve().parents[1] / "toy"
KINDS = ("id", "claim", "source")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("linked") / "build"
    build(Root(TOY), out, Asked(FACTS_URL, "https://facts.example/", release=True), lambda _: None, fresh=True)
    return out


@pytest.fixture(scope="module")
def data(built: Path) -> Dataset:
    found = Dataset()
    found.parse(built / "data/censorkb.nq", format="nquads")
    return found


@pytest.fixture(scope="module")
def base() -> str:
    return Ontology(Root(TOY).ontology).prefixes.base


def things(data: Dataset, base: str) -> dict[URIRef, set]:
    """Statements by the thing that their subject is, or is a part of."""
    found: dict[URIRef, set] = {}
    for subject, predicate, value, _ in data.quads():
        found.setdefault(URIRef(str(subject).partition("#")[0]), set()).add((subject, predicate, value))
    return {thing: triples for thing, triples in found.items() if thing.startswith(base)}


@pytest.mark.slow
def test_the_files_of_a_thing_hold_what_the_data_set_says_of_it_and_no_more(built: Path, data: Dataset, base: str):
    found = things(data, base)
    assert len(found) > 100
    for thing, triples in found.items():
        path = built / "site" / thing.removeprefix(base)
        turtle = Graph().parse(f"{path}.ttl", format="turtle")
        linked = Graph().parse(f"{path}.jsonld", format="json-ld")
        assert set(turtle) == set(linked) == triples, thing


def test_every_thing_of_the_data_set_has_a_page_that_names_its_data(built: Path, data: Dataset, base: str) -> None:
    site = built / "site"
    for thing in things(data, base):
        path = thing.removeprefix(base)
        kind, _, id_ = path.partition("/")
        assert kind in KINDS, thing
        page = site / (f"id/{id_}.html" if kind == "id" else f"en/{path}.html")
        alternates = {
            attributes["type"]: posixpath.normpath(f"{page.parent.relative_to(site).as_posix()}/{attributes['href']}")
            for tag, attributes in Markup(page.read_text("utf-8")).elements
            if tag == "link" and attributes.get("rel") == "alternate"
        }
        assert alternates["text/turtle"] == f"{path}.ttl", page
        assert alternates["application/ld+json"] == f"{path}.jsonld", page


def test_every_concept_has_its_data(built: Path, base: str) -> None:
    ontology = Ontology(Root(TOY).ontology)
    concepts = {str(s.value) for s, _, _ in ontology.vocabulary.terms if f"{base}concept/" in s.value}
    assert len(concepts) > 50
    for concept in concepts:
        assert (URIRef(concept), None, None) in Graph().parse(built / f"site/{concept.removeprefix(base)}.ttl")


def blocks(site: Path, pattern: str) -> dict[str, dict]:
    found = {}
    for page in site.glob(pattern):
        if page.parent.name in ("rules", "questions", "month", "year"):
            continue
        hit = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.read_text("utf-8"), re.DOTALL)
        if hit or 'class="files' in page.read_text("utf-8"):
            assert hit, page
            found[page.stem] = json.loads(hit[1])
    assert found, pattern
    return found


def test_pages_of_claims_say_so_to_search_engines(built: Path) -> None:
    block = blocks(built / "site", "en/claim/*.html")["2025-04-10-wire-one-hallo-slow.slow"]
    claim = block["mainEntity"]
    assert claim["@type"] == "Claim"
    assert claim["text"].startswith("Users of Hallo said")
    assert claim["author"]["name"] == "Users of Hallo (unnamed)"
    assert claim["appearance"]["url"] == "https://wire-one.example/2025/hallo"
    assert block["url"] == "https://facts.example/en/claim/2025-04-10-wire-one-hallo-slow.slow.html"


@pytest.mark.parametrize("pattern", ["en/claim/*.html", "en/service/*.html", "en/source/*.html", "en/measure/*.html"])
def test_the_way_to_a_page_leads_to_pages(built: Path, pattern: str) -> None:
    for block in blocks(built / "site", pattern).values():
        if block["@type"] == "WebPage":
            items = block["breadcrumb"]["itemListElement"]
            assert [item["position"] for item in items] == [1, 2, 3]
            for item in items[:2]:
                assert (built / "site" / item["item"].removeprefix("https://facts.example/")).exists()


def test_a_match_at_wikidata_is_told(built: Path) -> None:
    found = [block["mainEntity"].get("sameAs") for block in blocks(built / "site", "en/*/*.html").values()]
    assert any(found) and all(match is None or "wikidata.org/entity/Q" in match for match in found)


def test_the_page_has_its_address_if_that_is_known(built: Path) -> None:
    page = Markup((built / "site/en/service/blip.html").read_text("utf-8"))
    (link,) = [a["href"] for tag, a in page.elements if tag == "link" and a.get("rel") == "canonical"]
    assert link == "https://facts.example/en/service/blip.html"
