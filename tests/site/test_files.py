"""The files beside the pages are read by the programs that they are for, and say what the pages say."""

from __future__ import annotations

import csv
import io
import json
import posixpath
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import feedparser
import icalendar
import pybtex.database
import rispy
from toysite import TOY, rendered

from censorkb.root import Root
from censorkb.site.pages import Renderer
from censorkb.site.plan import Plan

if TYPE_CHECKING:
    from conftest import Loaded

Site = dict[str, bytes]


def ending(site: Site, end: str) -> dict[str, bytes]:
    found = {name: content for name, content in site.items() if name.endswith(end)}
    assert found, end
    return found


def test_every_feed_is_valid_and_its_links_lead_to_pages(toy_site: Site) -> None:
    for name, content in ending(toy_site, ".atom").items():
        feed = feedparser.parse(content, sanitize_html=False, resolve_relative_uris=False)
        assert not feed.bozo, name
        assert feed.version == "atom10"
        assert feed.feed.title and feed.feed.id and feed.feed.updated_parsed and feed.feed.author, name
        ids = [entry.id for entry in feed.entries]
        assert len(set(ids)) == len(ids) <= 50, name
        for entry in feed.entries:
            assert entry.title and entry.updated_parsed and entry.summary, name
            assert posixpath.normpath(posixpath.join(posixpath.dirname(name), entry.link)) in toy_site, entry.link


def test_ids_of_feeds_are_unique(toy_site: Site) -> None:
    ids = [feedparser.parse(content).feed.id for content in ending(toy_site, ".atom").values()]
    assert len(set(ids)) == len(ids)


def test_the_feed_of_a_country_has_its_measures_the_last_evidence_first(toy_site: Site) -> None:
    feed = feedparser.parse(toy_site["en/country/xa.atom"])
    rows = list(csv.DictReader(io.StringIO(toy_site["country/xa.csv"].decode())))
    supported = {row["address"] for row in rows if row["support"] != "unsupported"}
    assert {entry.id for entry in feed.entries} == supported
    days = [entry.updated for entry in feed.entries]
    assert days == sorted(days, reverse=True)


def test_the_feed_of_restorations_has_what_has_ended_and_nothing_else(toy_site: Site) -> None:
    feed = feedparser.parse(toy_site["en/restorations.atom"])
    assert feed.entries
    for entry in feed.entries:
        record = json.loads(toy_site[f"measure/{entry.id.rpartition('/')[2]}.json"])["measure"]
        assert record["phase"] == "ended" or record["latest_end"], entry.id


def test_the_feed_of_corrections_says_what_was_changed_on_which_day(toy_site: Site) -> None:
    feed = feedparser.parse(toy_site["en/corrections.atom"])
    told = {(entry.updated[:10], entry.summary) for entry in feed.entries}
    assert ("2025-05-02", "2025-05-02: the chain named The North Post only") in told


def test_rejected_claims_are_not_news(toy_site: Site) -> None:
    feed = feedparser.parse(toy_site["en/latest.atom"])
    assert feed.entries
    assert {tag.term for entry in feed.entries for tag in entry.tags} & {"rejected", "candidate", "retracted"} == set()


def test_calendars_have_a_day_where_the_day_is_known_and_no_other(toy_site: Site) -> None:
    for name, content in ending(toy_site, ".ics").items():
        calendar = icalendar.Calendar.from_ical(content)
        assert calendar.errors == [] and all(event.errors == [] for event in calendar.events), name
    events = icalendar.Calendar.from_ical(toy_site["en/country/xa.ics"]).events
    rows = list(csv.DictReader(io.StringIO(toy_site["country/xa.csv"].decode())))
    known = {
        (row["address"], row["latest_start"])
        for row in rows
        if row["earliest_start"] and row["earliest_start"] == row["latest_start"] and row["support"] != "unsupported"
    }
    starts = [event for event in events if event["UID"].endswith("#start")]
    assert {(event["UID"].removesuffix("#start"), event.DTSTART.isoformat()) for event in starts} == known
    assert len({event["UID"] for event in events}) == len(events)
    vague = [row for row in rows if row["earliest_start"] != row["latest_start"]]
    assert vague, "the toy must have a measure whose first day is not known"


def test_tables_are_rectangular_and_speak_of_the_same_measures_as_json(toy_site: Site) -> None:
    for name, content in ending(toy_site, ".csv").items():
        rows = list(csv.reader(io.StringIO(content.decode(), newline="")))
        assert {len(row) for row in rows} == {len(rows[0])}, name
    for name in ("country/xa", "service/blip"):
        rows = list(csv.DictReader(io.StringIO(toy_site[f"{name}.csv"].decode())))
        records = json.loads(toy_site[f"{name}.json"])["measures"]
        assert [row["id"] for row in rows] == [record["id"] for record in records]
        for row, record in zip(rows, records, strict=True):
            assert row["latest_start"] == (record["latest_start"] or "")
            assert row["disputed"] == str(record["disputed"]).lower()


def test_json_of_a_measure_has_its_claims_with_quotes(toy_site: Site) -> None:
    found = json.loads(toy_site["measure/xa-hallo-throttle.json"])
    quotes = [quote["quote"] for claim in found["claims"] for quote in claim["quotes"]]
    assert "boxes of the Board read the packets" in quotes
    assert found["measure"]["status"] == "degraded"
    assert {date["role"] for date in found["dates"]} >= {"in-force"}


def test_every_json_file_is_json(toy_site: Site) -> None:
    for content in ending(toy_site, ".json").values():
        json.loads(content)


# What OONI's API demands of a new incident, beside what it adds itself.
INCIDENT = {
    *("ASNs", "CCs", "domains", "end_time", "event_type", "links", "published"),
    *("reported_by", "start_time", "tags", "test_names", "text", "title"),
}


def test_incidents_are_as_ooni_takes_them(toy_site: Site) -> None:
    for name, content in ending(toy_site, ".incidents.json").items():
        for incident in json.loads(content)["incidents"]:
            assert set(incident) == INCIDENT, name
            assert incident["published"] is False
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", incident["start_time"])
            assert incident["end_time"] is None or incident["end_time"] >= incident["start_time"]
            assert all(re.fullmatch("[A-Z]{2}", country) for country in incident["CCs"])
            assert incident["title"] and incident["text"]


def test_rows_of_timelinejs_begin_with_a_year_and_have_a_headline(toy_site: Site) -> None:
    for name, content in ending(toy_site, ".timeline.csv").items():
        for row in csv.DictReader(io.StringIO(content.decode())):
            assert row["Year"].isdigit() and row["Headline"] and row["Display Date"], name
            assert not row["Day"] or row["Month"], name


def test_citations_of_a_page_are_read_by_three_programs_and_agree(toy_site: Site) -> None:
    for name, content in ending(toy_site, ".bib").items():
        stem = name.removesuffix(".bib")
        ((_, entry),) = pybtex.database.parse_bytes(content, "bibtex").entries.items()
        (reference,) = rispy.loads(toy_site[f"{stem}.ris"].decode().lstrip())
        (item,) = json.loads(toy_site[f"{stem}.csl.json"])
        assert item["title"] == reference["title"]
        assert entry.fields["url"] == reference["urls"][0] == item["URL"], name
        assert entry.fields["year"] == reference["year"], name


def test_the_address_of_the_site_stands_in_feeds_and_citations_if_it_is_known(toy: Loaded, english: Path) -> None:
    made = Renderer(toy.ontology, toy.store, english, "", base_url="https://facts.example/")
    site = dict(made.all())
    feed = feedparser.parse(site["en/country/xa.atom"])
    assert feed.entries[0].link.startswith("https://facts.example/en/measure/")
    assert b"https://facts.example/en/measure/" in site["measure/xa-hallo-throttle.bib"]


def test_pages_lead_to_the_files_beside_them(toy_site: Site) -> None:
    plan = Plan.read(Root(TOY).templates)
    for kind in (kind for kind in plan.kinds if kind.files):
        pages = [name for name in toy_site if re.fullmatch(f"en/{kind.url.replace('{id}', '[^/]+')}", name)]
        assert pages, kind.name
        links = set(re.findall(r'href="([^"]+)"', toy_site[pages[0]].decode()))
        own = {posixpath.normpath(posixpath.join(posixpath.dirname(pages[0]), urlsplit(link).path)) for link in links}
        id_ = pages[0].rpartition("/")[2].removesuffix(".html")
        for file in (file for file in kind.files if "{path}" not in file.url and not file.is_picture):
            assert f"{'en/' if file.languages else ''}{file.address(id_)}" in own & toy_site.keys(), file.name


def test_a_site_of_nothing_has_feeds_without_entries(tmp_path: Path, english: Path) -> None:
    (tmp_path / "facts").mkdir()
    site = rendered(tmp_path, english)
    for name, content in ending(site, ".atom").items():
        feed = feedparser.parse(content)
        assert not feed.bozo and feed.entries == [], name
