"""The real facts: what the five articles say is there once, with its evidence, and nothing that they do not say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from censorkb.check.checker import check
from censorkb.query.answer import Answer, ask
from censorkb.query.table import cell

if TYPE_CHECKING:
    from conftest import Loaded


def rows(kb: Loaded, sparql: str) -> list[tuple[str, ...]]:
    answer = ask(kb.ontology, kb.store, sparql)
    assert isinstance(answer, Answer)
    return [tuple(cell(kb.ontology, value) for value in row) for row in answer.rows]


def test_the_facts_have_no_errors(real: Loaded) -> None:
    assert [str(p.place) for p in check(real.knowledge).problems if p.severity == "error"] == []


def test_nothing_is_left_unchecked(real: Loaded) -> None:
    """Claims in the files, claims in the graph and claims with evidence are the same number."""
    written = sum(
        path.read_text("utf-8").count("\n- id: ") for path in (real.knowledge.root.facts / "sources").rglob("*.yaml")
    )
    ((stated,),) = rows(real, "SELECT (COUNT(?c) AS ?n) WHERE { ?c a ckb:Claim }")
    ((proved,),) = rows(real, "SELECT (COUNT(DISTINCT ?c) AS ?n) WHERE { ?c a ckb:Claim ; ckb:evidence ?e }")
    assert written == int(stated) == int(proved) > 90


def test_the_five_articles_are_copies_of_four_stories(real: Loaded) -> None:
    files = rows(real, "SELECT ?source ?file WHERE { ?source ckb:copy ?c . ?c ckb:fileName ?file } ORDER BY ?file")
    assert [source for source, _ in files] == [
        "2026-02-11-reuters-whatsapp",
        "2026-02-11-reuters-whatsapp",
        "2017-afp-wechat",
        "2026-02-12-cnbc-whatsapp",
        "2025-site-004-whatsapp",
    ]


def test_two_copies_of_one_story_count_once(real: Loaded) -> None:
    """FaceTime stands in the English copy, its French translation and a newspaper, and still has one origin."""
    found = rows(
        real,
        "SELECT ?origins (COUNT(DISTINCT ?copy) AS ?copies) WHERE { id:ru-facetime-block ckb:originCount ?origins . ?c ckb:about id:ru-facetime-block ; ckb:evidence ?e . ?e ckb:inCopy ?copy } GROUP BY ?origins",
    )
    assert found[0][0] == "1"
    assert int(found[0][1]) >= 2


def test_errors_of_the_garbled_copy_are_kept_apart_from_the_entities(real: Loaded) -> None:
    errors = {
        reads for reads, _ in rows(real, "SELECT ?r ?q WHERE { ?c ckb:quality ?q ; ckb:error ?e . ?e ckb:reads ?r }")
    }
    names = {label for (label,) in rows(real, "SELECT ?l WHERE { ?e a ckb:Entity ; skos:prefLabel|skos:altLabel ?l }")}
    assert {"YuanWhatsApp", "Federal Energy Regulatory Service of Russia"} <= {e.removeprefix("the ") for e in errors}
    assert not {name for name in names if "Yuan" in name or "Energy" in name}


def test_chains_of_attribution_are_whole(real: Loaded) -> None:
    chains = set(
        rows(
            real,
            "SELECT ?speaker ?via ?publisher WHERE { ?c ckb:speaker ?speaker ; ckb:source ?s . ?s dcterms:publisher ?publisher OPTIONAL { ?c ckb:via ?via } }",
        )
    )
    assert {
        ("financial-times", "", "reuters"),
        ("dmitry-peskov", "tass", "reuters"),
        ("roskomnadzor", "xinhua", "afp"),
        ("dmitry-peskov", "ria-novosti", "cnbc"),
        ("roskomnadzor", "rbc", "cnbc"),
        ("telegram-users", "moscow-times", "cnbc"),
        ("whatsapp", "reuters", "site-004"),
    } <= chains


def test_relative_dates_keep_their_phrase_and_what_they_were_resolved_against(real: Loaded) -> None:
    found = rows(
        real,
        "SELECT ?d ?phrase ?anchor WHERE { ?d ckb:basis basis:relative OPTIONAL { ?d ckb:phrase ?phrase } OPTIONAL { ?d ckb:anchor ?anchor } }",
    )
    assert found
    assert all(phrase and anchor for _, phrase, anchor in found)


def test_a_denial_stands_beside_what_it_denies(real: Loaded) -> None:
    found = rows(
        real,
        "SELECT ?a ?b WHERE { ?denial ckb:stance stance:denies ; ckb:status ?a ; ckb:disputes ?claim . ?claim ckb:status ?b }",
    )
    assert ("accepted", "accepted") in found


def test_state_media_are_not_independent_of_each_other(real: Loaded) -> None:
    found = dict(rows(real, "SELECT ?m ?whom WHERE { ?m a ckb:MediaOutlet ; ckb:standsFor ?whom }"))
    assert found["tass"] == found["ria-novosti"] == "russian-state"


def test_no_technique_is_named_since_no_article_names_one(real: Loaded) -> None:
    assert rows(real, "SELECT ?t WHERE { ?c ckb:technique ?t }") == []


def test_no_law_has_a_number_since_no_article_gives_one(real: Loaded) -> None:
    assert rows(real, "SELECT ?n WHERE { ?law ckb:number ?n }") == []


def test_outside_knowledge_has_a_source_of_its_own_kind(real: Loaded) -> None:
    unmarked = rows(
        real,
        "SELECT ?e WHERE { ?e skos:exactMatch ?x ; ckb:matchSource ?s . ?s ckb:sourceKind ?k . FILTER (?k != sourcekind:reference) }",
    )
    assert unmarked == []
