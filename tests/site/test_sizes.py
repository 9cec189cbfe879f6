"""No page grows without bound: a country of 2,000 measures, all by one authority, against as many services."""

from __future__ import annotations

import datetime as dt
import gzip
import random
import shutil
from pathlib import Path

import pytest
from markup import Markup

from censorkb.graph.derive import derive
from censorkb.graph.knowledge import Knowledge
from censorkb.graph.store import open_store
from censorkb.root import Root
from censorkb.site.pages import Renderer
from censorkb.site.plan import Some

ROOT = Path(__file__).resolve().parents[2]
FIRST = dt.date(2012, 1, 1)
SYLLABLES = [
    "ba",
    "chi",
    "du",
    "fo",
    "gri",
    "ha",
    "jo",
    "ki",
    "lu",
    "mo",
    "ne",
    "po",
    "qui",
    "ri",
    "su",
    "ta",
    "ve",
    "wo",
    "xa",
    "zu",
]
LIMITS = {"index": 20, "country/": 50, "status/": 50, "service/": 15, "measure/": 6, "claim/": 6}


def facts(measures: int, days: int = 5000) -> dict[str, str]:
    """The fact files of one country with so many measures told of in so many days, by path."""
    chance = random.Random(measures)
    written = {
        "entities/countries/xa.yaml": "label: {en: Alfania}\niso: XA\n",
        "entities/agents/board.yaml": "label: Board\ntype: authority\ncountry: xa\n",
    }
    for first in range(0, measures, 10):
        day, medium = FIRST + dt.timedelta(chance.randrange(days)), f"medium-{chance.randrange(40)}"
        written[f"entities/agents/{medium}.yaml"] = f"label: {medium.title()}\ntype: media\n"
        head = (
            f"title: Story {first}\npublisher: {medium}\nlanguage: en\npublished: {day}\ncopies:\n"
            f"  page: {{kind: original, host: {medium}, language: en, url: https://example.org/{first}, retrieved: {day}}}\n"
            "status: accepted\nclaims:\n"
        )
        claims = ""
        for i in range(first, min(first + 10, measures)):
            name, begun = "".join(chance.sample(SYLLABLES, 3)).title(), day - dt.timedelta(chance.randrange(60))
            action = chance.choice(("block", "throttle", "restriction", "app-store-removal"))
            kind = chance.choice(("messenger", "vpn", "news-site", "search-engine", "social-network"))
            says = f"action: {action}\n  target: s-{i}\n  country: xa\n"
            written[f"entities/services/s-{i}.yaml"] = f"label: {name} {i}\nkind: {kind}\n"
            written[f"measures/xa/s-{i}.yaml"] = f"xa-s-{i}:\n  label: {action} of {name} in Alfania\n  {says}"
            claims += (
                f"\n- id: c{i}\n  type: measure\n  says: {name} was hit in Alfania on {begun}.\n  about: xa-s-{i}\n  {says}"
                f"  dates: {{in-force: {begun}}}\n  actor: board\n  quotes: {{page: {name} was cut off}}\n"
            )
        written[f"sources/{day.year}/{day}-{medium}-story-{first}.yaml"] = head + claims
    return written


def everywhere(countries: int, times: int) -> dict[str, str]:
    """The fact files of one service that is restricted several times in each of some countries."""
    chance = random.Random(countries)
    written = {
        "entities/services/s-0.yaml": "label: Blip\nkind: messenger\n",
        "entities/agents/wire.yaml": "label: The Wire\ntype: media\n",
    }
    for i in range(countries):
        country, name = f"x{chr(97 + i)}", "".join(chance.sample(SYLLABLES, 3)).title()
        measures, claims = "", ""
        written[f"entities/countries/{country}.yaml"] = f"label: {{en: {name}}}\niso: {country.upper()}\n"
        day = FIRST + dt.timedelta(chance.randrange(5000))
        for k in range(times):
            action = chance.choice(("block", "throttle", "restriction"))
            says = f"action: {action}\n  target: s-0\n  country: {country}\n"
            measures += f"\n{country}-blip-{k}:\n  label: {action} of Blip in {name}, {k}\n  {says}"
            claims += (
                f"\n- id: c{k}\n  type: measure\n  says: Blip was hit in {name} ({k}).\n  about: {country}-blip-{k}\n  {says}"
                f"  dates: {{in-force: {day - dt.timedelta(k * 9)}}}\n  quotes: {{page: Blip was cut off}}\n"
            )
        written[f"measures/{country}/s-0.yaml"] = measures
        written[f"sources/{day.year}/{day}-wire-{country}.yaml"] = (
            f"title: Story of {name}\npublisher: wire\nlanguage: en\npublished: {day}\ncopies:\n"
            f"  page: {{kind: original, host: wire, language: en, url: https://example.org/{country}}}\n"
            f"status: accepted\nclaims:\n{claims}"
        )
    return written


def told(claims: int) -> dict[str, str]:
    """The fact files of one measure of which so many sources speak, each with a date that excludes the others."""
    chance = random.Random(claims)

    def words(number: int) -> str:
        return " ".join("".join(chance.sample(SYLLABLES, chance.choice((1, 2, 2, 3)))) for _ in range(number))

    written = {
        "entities/countries/xa.yaml": "label: {en: Alfania}\niso: XA\n",
        "entities/services/blip.yaml": "label: Blip\nkind: messenger\n",
        "measures/xa/blip.yaml": "xa-blip:\n  label: Block of Blip in Alfania\n  action: block\n  target: blip\n  country: xa\n",
    }
    for i in range(claims):
        day, medium, speaker = FIRST + dt.timedelta(i * 9), f"medium-{i}", f"speaker-{i}"
        quote, phase = words(12), ("in-force", "attempted", "announced")[i % 3]
        written[f"entities/agents/{medium}.yaml"] = f"label: {words(2).title()}\ntype: media\n"
        written[f"entities/agents/{speaker}.yaml"] = f"label: {words(3).title()}\ntype: group\n"
        written[f"sources/{day.year}/{day}-{medium}-blip.yaml"] = (
            f"title: {words(9)}\npublisher: {medium}\nlanguage: en\npublished: {day}\ncopies:\n"
            f"  page: {{kind: original, host: {medium}, language: en, url: https://example.org/{words(1)}/{i}}}\n"
            f"status: accepted\nclaims:\n\n- id: c\n  type: measure\n  says: {words(11)}.\n  about: xa-blip\n"
            f"  action: block\n  target: blip\n  country: xa\n  phase: {phase}\n  speaker: {speaker}\n  actor: {speaker}\n"
            f"  dates: {{in-force: {day - dt.timedelta(3)}}}\n  quotes: {{page: {quote}}}\n"
        )
    return written


def rendered(folder: Path, files: dict[str, str], *, whole: bool = False) -> dict[str, bytes]:
    """All pages in English of what grows with the measures, and some of the measures, services and claims, or all files."""
    for name, text in files.items():
        path = folder / "facts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    templates = folder / "site_templates"
    shutil.copytree(Root(ROOT).templates, templates)
    for path in (templates / "locales").iterdir():
        if path.stem != "en":
            path.unlink()
    knowledge = Knowledge.read(Root(folder))
    store = open_store(knowledge.ontology, knowledge.lines())
    derive(knowledge.ontology, store)
    renderer = Renderer(knowledge.ontology, store, templates, "")
    if whole:
        return dict(renderer.all())
    assert [*renderer.directory.read_pages()]
    kinds = renderer.plan.kinds
    few = ("measure", "service", "claim", "source")
    things = {kind.name: renderer.directory.members(kind)[: 5 if kind.name in few else None] for kind in kinds}
    return dict(renderer.some(Some(things, {kind.name for kind in kinds if not kind.question})))


@pytest.mark.slow
@pytest.mark.parametrize("measures", [5, 50, 2000])
def test_no_page_passes_fifty_kilobytes(tmp_path: Path, measures: int) -> None:
    site = {name: page for name, page in rendered(tmp_path, facts(measures)).items() if name.endswith(".html")}
    sizes = {name.removeprefix("en/"): len(gzip.compress(page, mtime=0)) / 1024 for name, page in site.items()}
    assert {name: size for name, size in sizes.items() if size > 50} == {}
    for start, most in LIMITS.items():
        assert {name: size for name, size in sizes.items() if name.startswith(start) and size > most} == {}
    if measures == 2000:
        days = Markup(site["en/status/xa-2024.html"].decode())
        assert len({link for link in days.values("href") if "/measure/" in link}) > 1800, "each target is found"
    country = Markup(site["en/country/xa.html"].decode())
    years = [name for name in sizes if name.startswith("country/xa-began-")]
    assert {f"../{name}" for name in years} <= set(country.values("href")), "none is split into months"
    listed = {
        link for name in years for link in Markup(site[f"en/{name}"].decode()).values("href") if "/measure/" in link
    }
    assert len(listed) == measures, "each measure stands on the page of a year"
    assert ("The newest: 100 / 2,000" in country.text) == (measures == 2000)


def test_a_service_that_is_restricted_everywhere_fits_its_page(tmp_path: Path) -> None:
    site = rendered(tmp_path, everywhere(26, 4))
    assert len(gzip.compress(site["en/service/s-0.html"], mtime=0)) <= 15 * 1024
    page = Markup(site["en/service/s-0.html"].decode())
    assert "The newest: 30 / 104" in page.text
    measures = {link for link in page.values("href") if "/measure/" in link}
    assert len(measures) == 104, "each is a bar and a row of the days"
    assert len(gzip.compress(site["en/services.html"], mtime=0)) < 4 * 1024


@pytest.mark.parametrize("claims", [14, 60])
def test_a_measure_of_which_very_much_is_said_fits_its_page(tmp_path: Path, claims: int) -> None:
    """Of dates that exclude each other it shows a few pairs; what else does not fit stands on a page of its own."""
    site = rendered(tmp_path, told(claims))
    assert len(gzip.compress(site["en/measure/xa-blip.html"], mtime=0)) <= 6 * 1024
    page, whole = Markup(site["en/measure/xa-blip.html"].decode()), site.get("en/evidence/xa-blip.html")
    if whole is None:
        assert claims == 14
        assert "against" in page.text and ". Dates, and how they were reached" in page.text
        assert len({link for link in page.values("href") if "/claim/" in link}) == claims
        return
    assert "Shown: 8 / 60. All that is said of this measure" in page.text
    assert "../evidence/xa-blip.html#dates" in page.values("href")
    assert len(gzip.compress(whole, mtime=0)) <= 50 * 1024
    assert len({link for link in Markup(whole.decode()).values("href") if "/claim/" in link}) == claims


@pytest.mark.slow
def test_a_year_of_very_many_measures_is_split_into_months(tmp_path: Path) -> None:
    """Of a month that is still too full the newest are shown, and a file leads to the rest."""
    site = rendered(tmp_path, facts(1900, days=90))
    sizes = {name: len(gzip.compress(page, mtime=0)) / 1024 for name, page in site.items() if name.endswith(".html")}
    assert {name: size for name, size in sizes.items() if size > 50} == {}
    year = Markup(site["en/country/xa-began-2012.html"].decode())
    months = sorted(name for name in sizes if name.startswith("en/country/xa-began-2012-"))
    assert {f"../{name.removeprefix('en/')}" for name in months} <= set(year.values("href"))
    told = [Markup(site[name].decode()) for name in months]
    assert all("../country/xa-began-2012.html" in page.values("href") for page in told)
    full = [page for page in told if "The newest: 600 / " in page.text]
    assert full and all("../../country/xa.csv" in page.values("href") for page in full)
    assert any("The newest: " not in page.text for page in told)
    everywhere = Markup(site["en/year/2012.html"].decode())
    assert "../country/xa-began-2012.html" in everywhere.values("href")


def test_styles_and_script_are_small(toy_site: dict[str, bytes]) -> None:
    """On any page, those of the page for queries aside."""
    sizes = {name: len(gzip.compress(content, mtime=0)) / 1024 for name, content in toy_site.items()}
    assert 0 < sum(size for name, size in sizes.items() if name.endswith(".css")) <= 6
    page = toy_site["en/country/xa.html"].decode()
    scripts = [name for name in sizes if name.endswith(".js") and f"/{name}" in page]
    assert 0 < sum(sizes[name] for name in scripts) <= 4
