"""Labels, titles and quotes that try to be markup stay text."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import xml.etree.ElementTree as Tree
from pathlib import Path

import icalendar
import pybtex.database
import pytest
import rispy
from markup import Markup
from toysite import TOY, rendered

pytestmark = pytest.mark.slow

ATTACK = "\"'--></title><script>alert(1)</script><img src=x onload=alert(2)> {{ 7 * 7 }} {% raw %} javascript:alert(3)"
ATOM = {
    *("feed", "entry", "id", "title", "subtitle", "updated", "author", "name"),
    *("rights", "generator", "link", "category", "summary"),
}


def attacked(root: Path) -> Path:
    """The toy with labels, titles and quotes that try to be something else, in a folder."""
    shutil.copytree(TOY / "facts", root / "facts")
    quoted = "'" + ATTACK.replace("'", "''") + "'"
    changes = {
        "entities/services/blip.yaml": [("{en: Blip, ru: Блип}", quoted)],
        "entities/agents/north-post.yaml": [],
        "sources/2025/2025-10-07-north-post-chirp-dark.yaml": [
            ("title: Chirp goes dark", f"title: {quoted}"),
            ("says: Blip has been blocked in Bravonia since 3 October 2025.", f"says: {quoted}"),
            ("page: Blip has been out since Friday", "page: '<script>alert(1)</script> \"onload=alert(2)'"),
            ("says: Rémi Tonnet, who", "says: =HYPERLINK(1) Rémi Tonnet, who"),
            ("phrase: on Saturday", "phrase: '<b onload=alert(1)>'"),
        ],
    }
    for name, pairs in changes.items():
        path = root / "facts" / name
        text = path.read_text("utf-8")
        for old, new in pairs:
            assert old in text, f"{name} has changed: {old}"
            text = text.replace(old, new)
        path.write_text(text, "utf-8")
    return root


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, english: Path) -> dict[str, bytes]:
    return rendered(attacked(tmp_path_factory.mktemp("hostile")), english)


@pytest.fixture(scope="module")
def hostile(site: dict[str, bytes]) -> dict[str, Markup]:
    return {name: Markup(content.decode()) for name, content in site.items() if name.endswith(".html")}


def test_no_element_or_attribute_comes_from_a_label(hostile: dict[str, Markup]) -> None:
    for name, page in hostile.items():
        assert page.faults == [], name
        for tag, attributes in page.elements:
            assert tag not in ("img", "b-onload"), name
            assert not [a for a in attributes if a.startswith("on")], name
            if tag == "script" and attributes != {"type": "application/ld+json"}:  # data, see below
                assert attributes["src"].startswith("../" * (name.count("/")) + "assets/"), name
            assert not attributes.get("href", "").lower().startswith("javascript"), name


def test_the_words_are_shown_as_they_are(hostile: dict[str, Markup]) -> None:
    assert "<script>alert(1)</script>" in hostile["en/service/blip.html"].text
    assert "{{ 7 * 7 }}" in hostile["en/service/blip.html"].text
    assert "<script>alert(1)</script>" in hostile["en/claim/2025-10-07-north-post-chirp-dark.blip-bravonia.html"].text


def test_data_blocks_hold_the_words_and_end_where_they_should(site: dict[str, bytes]) -> None:
    names = []
    for name in [name for name in site if name.endswith(".html")]:
        for block in re.findall(r'<script type="application/ld\+json">(.*?)</script', site[name].decode(), re.DOTALL):
            assert not set(block) & set("<>&"), name
            names.append(json.loads(block)["name"])
    assert ATTACK in names


def test_feeds_hold_the_words_as_text(site: dict[str, bytes]) -> None:
    titles = []
    for name in [name for name in site if name.endswith(".atom")]:
        tree = Tree.fromstring(site[name])
        assert {element.tag.rpartition("}")[2] for element in tree.iter()} <= ATOM, name
        titles += [element.text or "" for element in tree.iter() if element.tag.endswith("}title")]
    assert any(ATTACK in title for title in titles)


def test_calendars_hold_the_words_as_text(site: dict[str, bytes]) -> None:
    for name in [name for name in site if name.endswith(".ics")]:
        calendar = icalendar.Calendar.from_ical(site[name])
        assert {part.name for part in calendar.walk()} <= {"VCALENDAR", "VEVENT"}, name
    named = icalendar.Calendar.from_ical(site["en/service/blip.ics"])
    assert str(named["NAME"]).startswith(ATTACK)


def test_json_holds_the_words_and_can_stand_in_a_page(site: dict[str, bytes]) -> None:
    for name in [name for name in site if name.endswith(".json")]:
        assert b"<" not in site[name], name
        json.loads(site[name])
    assert json.loads(site["service/blip.json"])["label"] == ATTACK


def test_no_table_holds_a_formula_and_each_keeps_its_columns(site: dict[str, bytes]) -> None:
    fields = []
    for name in [name for name in site if name.endswith(".csv")]:
        rows = list(csv.reader(io.StringIO(site[name].decode(), newline="")))
        assert {len(row) for row in rows} == {len(rows[0])}, name
        fields += [field for row in rows for field in row]
    assert not [field for field in fields if field.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert any(field.startswith("'=HYPERLINK(1) Rémi") for field in fields)
    assert ATTACK in fields


def test_timelinejs_which_shows_html_gets_none(site: dict[str, bytes]) -> None:
    for name in [name for name in site if name.endswith(".timeline.csv")]:
        assert b"<" not in site[name], name
    assert b"&lt;script&gt;" in site["country/xb.timeline.csv"]


def test_citations_hold_the_words(site: dict[str, bytes]) -> None:
    for name in [name for name in site if name.endswith(".bib")]:
        assert len(pybtex.database.parse_bytes(site[name], "bibtex").entries) == 1, name
    assert rispy.loads(site["service/blip.ris"].decode())[0]["title"] == ATTACK
