"""The pages of the toy knowledge base: whole, linked, honest, and the same each time."""

from __future__ import annotations

import gzip
import os
import posixpath
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
from markup import Markup
from toysite import TOY, rendered

from censorkb.check.rule import read
from censorkb.graph import export
from censorkb.query.answer import Answer, ask
from censorkb.query.question import read_all
from censorkb.query.table import write
from censorkb.root import Root
from censorkb.site.plan import Plan

if TYPE_CHECKING:
    from conftest import Loaded

ROOT = Path(__file__).resolve().parents[2]
DATA = {"claims.csv"}
LANGUAGES = ("en", "fr", "ru")
FINGERPRINT = """
import hashlib, sys
sys.path.insert(0, sys.argv[1])
from toysite import TOY, rendered
print(hashlib.sha256(b"".join(name.encode() + content for name, content in rendered(TOY).items())).hexdigest())
"""


@pytest.fixture(scope="module")
def pages(toy_site: dict[str, bytes]) -> dict[str, Markup]:
    return {name: Markup(content.decode()) for name, content in toy_site.items() if name.endswith(".html")}


def test_tags_match_and_ids_are_unique(pages: dict[str, Markup]) -> None:
    assert {name: page.faults for name, page in pages.items() if page.faults} == {}
    assert {name for name, page in pages.items() if len(set(page.ids)) != len(page.ids)} == set()


def test_every_internal_link_and_fragment_leads_somewhere(toy_site: dict[str, bytes], pages: dict[str, Markup]) -> None:
    published = DATA | {*export.NAMES, export.VOCABULARY}
    broken = []
    for name, page in pages.items():
        for link in page.values("href", "src"):
            parts = urlsplit(link)
            if parts.scheme in ("http", "https", "data"):
                continue
            assert not parts.scheme and not parts.path.startswith("/"), f"{name}: {link} is not relative"
            target = (
                posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path))) if parts.path else name
            )
            if target.startswith("data/") and target not in toy_site:
                broken += [(name, link)] if target.removeprefix("data/") not in published else []
            elif target.endswith((".ttl", ".jsonld")):
                continue  # written with the data set; test_linked.py looks at them
            elif parts.fragment.startswith("q="):  # what follows is a query, which no server gets to see
                assert target == f"{name.partition('/')[0]}/query.html", name
            elif target not in toy_site or (parts.fragment and parts.fragment not in pages[target].ids):
                broken.append((name, link))
    assert broken == []


def test_nothing_is_fetched_from_elsewhere(toy_site: dict[str, bytes], pages: dict[str, Markup]) -> None:
    for name, page in pages.items():
        for tag, attributes in page.elements:
            outward = [
                v for a, v in attributes.items() if a in ("src", "href", "srcset", "data", "action") and "//" in v
            ]
            assert not outward or tag == "a", f"{name}: <{tag}> fetches {outward}"
            if outward:
                assert {"noopener", "noreferrer", "external"} <= set(attributes.get("rel", "").split()), (
                    f"{name}: {outward}"
                )
    for name, content in toy_site.items():
        if name.endswith(".css"):
            assert b"url(" not in content and b"@import" not in content


def test_no_inline_style_or_script(pages: dict[str, Markup]) -> None:
    for name, page in pages.items():
        for tag, attributes in page.elements:
            assert tag != "style" and "style" not in attributes, name
            assert tag != "script" or "src" in attributes or attributes["type"] == "application/ld+json", name
            assert not [a for a in attributes if a.startswith("on")], name


def test_head_of_every_page(pages: dict[str, Markup]) -> None:
    for name, page in pages.items():
        metas = {
            a.get("name") or a.get("http-equiv", "").lower(): a.get("content") for t, a in page.elements if t == "meta"
        }
        assert metas["referrer"] == "no-referrer", name
        assert str(metas["content-security-policy"]).startswith("default-src 'none';"), name
        assert metas["description"] and metas["viewport"], name
        assert next(a for t, a in page.elements if t == "html")["lang"], name
        assert len([t for t, _ in page.elements if t == "h1"]) == 1, name


def count(toy: Loaded, class_: str) -> int:
    answer = ask(toy.ontology, toy.store, f"SELECT DISTINCT ?thing WHERE {{ ?thing a {class_} }}")
    assert isinstance(answer, Answer)
    return len(answer.rows)


def test_as_many_pages_as_things(toy: Loaded, toy_site: dict[str, bytes]) -> None:
    former = ask(toy.ontology, toy.store, "SELECT ?old WHERE { ?old dcterms:isReplacedBy ?new }")
    assert isinstance(former, Answer)
    things = sum(
        count(toy, c)
        for c in ("ckb:Claim", "ckb:Measure", "ckb:Source", "ckb:Agent", "ckb:Country", "ckb:LegalAct", "ckb:Target")
    )
    apart = ("en/month/", "en/year/", "en/status/", "en/technique/", "en/kind/", "en/reason/")
    periods = {name for name in toy_site if name.startswith(apart) or "-began-" in name}
    assert former.rows
    assert periods
    pages = {name for name in toy_site if name.endswith(".html")}
    inner = [name for name in pages - periods if name.startswith("en/") and name.count("/") == 2]
    assert sum(not name.startswith(("en/rules/", "en/questions/")) for name in inner) == things + len(former.rows)


def test_every_rule_of_the_check_has_a_page_that_the_index_leads_to(
    toy: Loaded, toy_site: dict[str, bytes], pages: dict[str, Markup]
) -> None:
    names = [f"rules/{name}.html" for name in read(toy.ontology)]
    assert {name for name in toy_site if "/rules/" in name} == {
        f"{language}/{name}" for language in LANGUAGES for name in [*names, "rules/index.html"]
    }
    links = [a["href"] for tag, a in pages["en/rules/index.html"].elements if tag == "a"]
    assert {f"../{name}" for name in names} <= set(links)
    text = pages["en/rules/unknown-key.html"].text
    assert "taget: hallo" in text and "target: hallo" in text


def test_every_question_and_template_is_used() -> None:
    templates = Root(ROOT).templates
    plan = Plan.read(templates)
    sections = [s for kind in plan.kinds for s in kind.sections.values()] + list(plan.lines.values())
    asked = {s.question for s in sections} | {kind.question for kind in plan.kinds} | {plan.site, plan.labels}
    assert {path.stem for path in (templates / "questions").glob("*.rq")} == asked - {""}
    assert {path.name for path in (templates / "pages").iterdir()} == {
        k.template for k in (*plan.kinds, *plan.rules, *plan.questions)
    }


def test_every_named_question_has_a_page_with_its_answer_and_its_query(
    real: Loaded, pages: dict[str, Markup], toy_site: dict[str, bytes]
) -> None:
    questions = read_all(real.ontology)
    site = rendered(ROOT)
    links = pages["en/questions/index.html"].values("href")
    for name, question in questions.items():
        assert f"../questions/{name}.html" in links
        page = Markup(site[f"en/questions/{name}.html"].decode())
        assert question.sentence in page.text
        assert question.sparql.split() == page.text.partition("The query")[2].partition("Open it")[0].split()
        answer = ask(real.ontology, real.store, question.sparql, question.bind(real.ontology, question.examples))
        assert isinstance(answer, Answer)
        if name == "all-claims":
            assert "../../data/claims.csv" in page.values("href")
            continue
        assert site[f"questions/{name}.csv"].decode() == write(real.ontology, answer, "csv")
        assert (f"Rows: {len(answer.rows):,}" if answer.rows else "No rows") in page.text
        assert page.text.count("\n") < 2_000
    assert (
        "The example names nothing" in pages["en/questions/status-on.html"].text
    )  # there is no such country in the toy
    assert not toy_site["questions/status-on.csv"].strip()
    assert "According to" not in pages["en/questions/status-on.html"].text


def test_a_query_with_its_values_written_in_answers_as_the_question_does(real: Loaded) -> None:
    for question in read_all(real.ontology).values():
        bound = question.bind(real.ontology, question.examples)
        asked = ask(real.ontology, real.store, question.sparql, bound)
        written = ask(real.ontology, real.store, question.with_values(real.ontology.prefixes, bound))
        assert isinstance(asked, Answer) and isinstance(written, Answer)
        places = [written.columns.index(column) for column in asked.columns]
        assert [tuple(row[place] for place in places) for row in written.rows] == asked.rows, question.name


def test_chain_quote_date_and_file_of_a_claim(pages: dict[str, Markup]) -> None:
    text = pages["en/claim/2025-10-07-north-post-chirp-dark.chirp.html"].text
    for words in ("Rémi Tonnet", "The North Post", "Chirp went dark in Alfania on Saturday", "on Saturday", "Oct 4, 2025",
                  "resolved against: Oct 7, 2025", "unknown: the source does not say"):  # fmt: skip
        assert words in text


def test_what_is_not_accepted_says_so(toy: Loaded, pages: dict[str, Markup]) -> None:
    found = ask(
        toy.ontology,
        toy.store,
        "SELECT ?claim ?status WHERE { ?claim a ckb:Claim ; ckb:status ?status . FILTER (?status != review:accepted) }",
    )
    assert isinstance(found, Answer) and found.rows
    for claim, _ in found.rows:
        name = f"en/claim/{toy.ontology.prefixes.local(str(claim)[1:-1])}.html"
        assert "This claim is not accepted" in pages[name].text


def test_no_figure_at_the_foot_changes_all_pages_with_every_claim(toy_site: dict[str, bytes]) -> None:
    names = [name for name in toy_site if re.fullmatch(r"en/(?!embed/).*\.html", name)]
    feet = {name: toy_site[name].decode().partition("<footer")[2] for name in names}
    assert all('claims.html">Claims</a>' in foot for foot in feet.values())
    assert not [name for name, foot in feet.items() if re.search(r">[\d,.]+ (claim|source)", foot)]


def test_a_former_id_leads_on(pages: dict[str, Markup]) -> None:
    page = pages["en/service/blipp.html"]
    assert "../service/blip.html" in page.values("href")
    assert "0; url=../service/blip.html" in page.values("content")
    assert "It was renamed." in page.text
    merged = pages["en/measure/xa-blip-ban.html"]
    assert "../measure/xa-blip-block-2024.html" in merged.values("href")
    assert "Both turned out to be the same thing." in merged.text


def test_a_withdrawn_claim_keeps_a_page_that_says_why_and_what_replaced_it(pages: dict[str, Markup]) -> None:
    retracted = pages["en/claim/2025-04-10-wire-one-hallo-slow.payments.html"]
    assert "Why: source corrected, source withdrawn. Wire One corrected the article" in " ".join(retracted.text.split())
    superseded = pages["en/claim/2025-04-10-wire-one-hallo-slow.slow-by-north-post.html"]
    assert "../claim/2025-04-10-wire-one-hallo-slow.slow.html" in superseded.values("href")


@pytest.mark.slow
def test_a_language_needs_no_more_than_a_catalogue(english: Path, tmp_path: Path) -> None:
    templates = shutil.copytree(english, tmp_path / "site_templates")
    words = (templates / "locales" / "en.toml").read_text("utf-8")
    for tag in ("ar", "qu-PE"):
        (templates / "locales" / f"{tag}.toml").write_text(
            words.replace('name = "English"', f'name = "In {tag}"', 1), "utf-8"
        )
    site = {
        name: Markup(content.decode()) for name, content in rendered(TOY, templates).items() if name.endswith(".html")
    }
    for tag, direction in (("en", "ltr"), ("ar", "rtl"), ("qu-PE", "ltr")):
        page = site[f"{tag}/claim/2025-10-07-north-post-chirp-dark.chirp.html"]
        assert next(a for t, a in page.elements if t == "html") == {"lang": tag, "dir": direction}
        others = {"en", "ar", "qu-PE"} - {tag}
        assert {a["hreflang"] for t, a in page.elements if "hreflang" in a and "aria-current" not in a} == others
        for link in (a["href"] for _, a in page.elements if "hreflang" in a):
            assert posixpath.normpath(posixpath.join(tag, "claim", link)) in site
    assert len([name for name in site if name.startswith("ar/")]) == len(
        [name for name in site if name.startswith("en/")]
    )


def test_sizes(toy_site: dict[str, bytes]) -> None:
    limits = {
        "en/index.html": 20,
        "en/service/": 15,
        "en/measure/": 15,
        "en/claim/": 6,
        "en/country/": 50,
        "assets/site": 6,
    }
    for name, content in toy_site.items():
        size = len(gzip.compress(content, mtime=0))
        assert all(size <= most * 1024 for start, most in limits.items() if name.startswith(start)), f"{name}: {size}"


@pytest.mark.slow
def test_same_bytes_whatever_the_hash_seed() -> None:
    found = set()
    for seed in ("1", "2"):
        env = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
            "LC_ALL": "C",
            "TZ": "Asia/Tokyo",
        }
        run = subprocess.run(  # our own interpreter and script
            [sys.executable, "-c", FINGERPRINT, str(Path(__file__).parent)],
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stderr
        found.add(run.stdout)
    assert len(found) == 1
