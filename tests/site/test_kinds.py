"""Pages of techniques and reasons, of changes, and the way from a claim to the history of its file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from markup import Markup

from censorkb.query.answer import Answer, ask
from censorkb.root import Root
from censorkb.site.answers import Answers
from censorkb.site.deeplink import history
from censorkb.site.pages import Renderer
from censorkb.site.plan import Plan, Some

if TYPE_CHECKING:
    from conftest import Loaded


ROOT = Path(__file__).resolve().parents[2]


def page(site: dict[str, bytes], name: str) -> Markup:
    return Markup(site[f"en/{name}.html"].decode())


@pytest.mark.parametrize(("kind", "class_"), [("technique", "ckb:Technique"), ("reason", "ckb:Reason")])
def test_every_concept_stands_once_in_its_list_and_has_a_page(
    toy: Loaded, toy_site: dict[str, bytes], kind: str, class_: str
) -> None:
    answer = ask(toy.ontology, toy.store, f"SELECT ?c WHERE {{ ?c a {class_} }}")
    assert isinstance(answer, Answer)
    ids = sorted(toy.ontology.prefixes.local(str(row[0])[1:-1]) for row in answer.rows)
    links = [link for link in page(toy_site, f"{kind}s").values("href") if link.startswith(f"{kind}/")]
    assert sorted(links) == [f"{kind}/{one}.html" for one in ids]
    assert all(f"en/{kind}/{one}.html" in toy_site for one in ids)


def test_a_technique_has_its_measures_by_country(toy_site: dict[str, bytes]) -> None:
    found = page(toy_site, "technique/tls-sni")
    assert "TLS identification" in found.text and "Alfania 1 measure First block of Blip in Alfania" in found.text
    assert "../technique/technical-identification.html" in found.values("href")
    assert "../technique/tls-sni.html" in page(toy_site, "measure/xa-blip-block-2024").values("href")


def test_a_reason_says_who_gives_it_and_who_is_accused_of_it(toy_site: dict[str, bytes]) -> None:
    text = page(toy_site, "reason/data-localisation").text
    assert "Measures for which it is given as a reason" in text
    assert "Measures to which others ascribe it as a motive" in page(toy_site, "reason/drive-users-to-state-app").text
    assert "Who is accused of it" in text


def test_changes_lead_to_corrections_withdrawn_claims_and_former_ids(toy_site: dict[str, bytes]) -> None:
    found = page(toy_site, "changes")
    assert "changes-2025-05.html" in found.values("href")
    assert "source corrected, source withdrawn. Wire One corrected the article on 14 April 2025." in found.text
    assert {"service/blipp.html", "measure/xa-blip-ban.html"} <= set(found.values("href"))
    month = page(toy_site, "changes-2025-05")
    assert "May 2, 2025 the chain named The North Post only" in month.text
    assert "claim/2025-04-10-wire-one-hallo-slow.slow.html" in month.values("href")


@pytest.mark.parametrize(
    ("files", "log"),
    [
        ("https://github.com/owner/name/blob/main/", "https://github.com/owner/name/commits/main/"),
        ("https://github.com/owner/name/blob/main", "https://github.com/owner/name/commits/main/"),
        ("https://gitlab.com/group/part/name/-/blob/main/", "https://gitlab.com/group/part/name/-/commits/main/"),
        ("https://codeberg.org/owner/name/src/branch/main/", "https://codeberg.org/owner/name/commits/branch/main/"),
        ("https://git.sr.ht/~owner/name/tree/main/item/", "https://git.sr.ht/~owner/name/log/main/item/"),
        ("https://example.org/blob/facts/", ""),
        ("https://example.org/facts-on-the-web/", ""),
        ("", ""),
    ],
)
def test_the_history_of_a_file_is_found_on_hosts_whose_addresses_are_known(files: str, log: str) -> None:
    assert history(files) == log


def test_what_a_question_gives_for_each_page_is_never_of_nothing(toy: Loaded) -> None:
    """A section by a column that can be empty would have a page for nothing when a change is looked for."""
    templates = Root(ROOT).templates
    plan, answers = Plan.read(templates), Answers(toy.ontology, toy.store, templates / "questions")
    sections = [*plan.lines.values(), *(s for kind in plan.kinds if kind.question for s in kind.sections.values())]
    for section in sections:
        answer = answers[section.question]
        at = answer.columns.index(section.by)
        assert all(row[at] is not None for row in answer.rows), section


def test_a_claim_leads_to_its_file_and_to_the_history_of_the_file(toy: Loaded) -> None:
    renderer = Renderer(toy.ontology, toy.store, Root(ROOT).templates, "https://github.com/owner/name/blob/main/")
    assert [*renderer.directory.read_pages()]
    claim = toy.ontology.prefixes.node("claim:2025-04-10-wire-one-hallo-slow.slow").value
    site = dict(renderer.some(Some({"claim": [claim]}, set())))
    links = page(site, "claim/2025-04-10-wire-one-hallo-slow.slow").values("href")
    file = "facts/sources/2025/2025-04-10-wire-one-hallo-slow.yaml"
    assert f"https://github.com/owner/name/blob/main/{file}#L10" in links
    assert f"https://github.com/owner/name/commits/main/{file}" in links


def test_a_withdrawal_with_a_day_stands_under_it(toy_site: dict[str, bytes]) -> None:
    """In the month of its day among the changes, and by its day in the feed of corrections."""
    id_ = "2025-04-10-wire-one-hallo-slow.payments"
    month = page(toy_site, "changes-2025-05")
    assert f"claim/{id_}.html" in month.values("href")
    assert "Wire One corrected the article on 14 April 2025." in month.text
    entry = toy_site["en/corrections.atom"].decode().partition(f"{id_}#retracted</id>")[2].partition("</entry>")[0]
    assert "<updated>2025-05-02T00:00:00Z</updated>" in entry
    assert "Withdrawn on May 2, 2025" in page(toy_site, f"claim/{id_}").text


def test_a_merger_with_a_day_stands_under_it(toy_site: dict[str, bytes]) -> None:
    """In its month among the changes, in the list of former ids, on the page that leads on, and in the feed of corrections."""
    told = "Both turned out to be the same thing. May 20, 2025"
    assert told in page(toy_site, "changes").text
    assert told in page(toy_site, "measure/xa-blip-ban").text
    month = page(toy_site, "changes-2025-05")
    assert "May 20, 2025 xa-blip-ban" in month.text
    assert "measure/xa-blip-ban.html" in month.values("href")
    entry = toy_site["en/corrections.atom"].decode().partition("xa-blip-ban#merged</id>")[2].partition("</entry>")[0]
    assert "<updated>2025-05-20T00:00:00Z</updated>" in entry


def test_withdrawals_without_a_day_stand_apart_and_no_month_has_them(toy_site: dict[str, bytes]) -> None:
    found = page(toy_site, "changes").text.partition("Date of withdrawal unknown")
    assert "Withdrawn claims" in found[0]
    assert "rejected" in found[2]
    assert "Date of withdrawal unknown" in toy_site["en/corrections.atom"].decode()


def test_a_measure_ends_with_its_sources_and_how_to_cite_it(toy_site: dict[str, bytes]) -> None:
    found = page(toy_site, "measure/xa-blip-block-2024")
    sources = found.text.rpartition(" Sources ")[0].rpartition(" Sources ")[2]
    assert sources.startswith("Wire One , Alfania cuts off the messenger Blip , Mar 6, 2024 · read at: Wire One")
    assert "https://wire-one.example/2024/blip" in found.values("href")
    assert "Cite as: First block of Blip in Alfania. censorkb. Data up to: Jan 31, 2026. https://" in found.text


def test_claims_under_their_source_do_not_name_it_again(toy_site: dict[str, bytes]) -> None:
    found = page(toy_site, "source/2025-10-07-north-post-chirp-dark").text.partition("Claims read from it")[2]
    assert "→ The North Post" not in found
    assert "The North Post" in page(toy_site, "disputes").text


def test_questions_stand_by_what_they_ask_about(toy_site: dict[str, bytes]) -> None:
    found = page(toy_site, "questions/index").text
    headings = ["All of the data", "A country", "A service or other target", "A measure", "A law", "A day", "Words"]
    places = [found.index(f" {heading} ") for heading in headings]
    assert places == sorted(places)
