"""What is known of each day: as rules derive it, as pages tell it, and as the question of the analysts tells it."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markup import Markup
from playwright.sync_api import Browser
from test_browser import reader
from test_sizes import facts, rendered
from test_timeline import measure, thing

from censorkb.query.answer import Answer, ask
from censorkb.query.question import read_all
from censorkb.root import Root
from censorkb.site.answers import Answers
from censorkb.site.days import Calendar, calendars, until
from censorkb.site.rows import Row, Rows, rows_with
from censorkb.site.value import Shower

if TYPE_CHECKING:
    from conftest import Loaded

ROOT = Path(__file__).resolve().parents[2]
FIRST, LAST = dt.date(2025, 1, 1), dt.date(2025, 12, 31)


def told(calendar: Calendar) -> list[tuple[str, str, list[str]]]:
    return [(str(s.first), str(s.last), [held.sure for held in s.held]) for s in calendar.spells]


def known(**bounds: object) -> list[tuple[str, str, list[str]]]:
    (found,) = calendars([measure(**bounds)], FIRST, LAST)
    return told(found)


def test_possible_between_the_bounds_of_the_start_and_certain_after_them() -> None:
    assert known(earliest_start="2025-02-10", latest_start="2025-02-12", last="2025-12-31") == [
        ("2025-01-01", "2025-02-09", []),
        ("2025-02-10", "2025-02-11", ["begun"]),
        ("2025-02-12", "2025-12-31", ["certain"]),
    ]


def test_after_the_last_evidence_it_is_only_not_said_to_have_ended() -> None:
    found = known(earliest_start="2024-02-10", latest_start="2024-02-10", last="2025-06-30")
    assert found == [("2025-01-01", "2025-06-30", ["certain"]), ("2025-07-01", "2025-12-31", ["stale"])]


def test_it_may_be_over_between_the_bounds_of_its_end() -> None:
    found = known(earliest_start="2024-02-10", latest_start="2024-02-10", earliest_end="2025-03-01",
                  latest_end="2025-03-31", last="2025-02-01")  # fmt: skip
    assert found == [
        ("2025-01-01", "2025-02-28", ["certain"]),
        ("2025-03-01", "2025-03-31", ["over"]),
        ("2025-04-01", "2025-12-31", []),
    ]


def test_nothing_is_known_before_a_day_by_which_it_had_begun() -> None:
    assert known(latest_start="2025-02-12", last="2025-12-31")[0] == ("2025-01-01", "2025-02-11", ["unknown"])
    assert calendars([measure(latest_start="2026-02-12", last="2026-03-01")], FIRST, LAST) == []


def test_the_most_severe_comes_first_and_what_is_not_known_last() -> None:
    rows = [
        measure("slow", severity=3, earliest_start="2025-02-01", latest_start="2025-02-01", last="2025-12-31"),
        measure("block", severity=5, earliest_start="2025-02-01", latest_start="2025-02-01", last="2025-12-31"),
        measure("ban", severity=5, latest_start="2025-05-01", last="2025-12-31"),
    ]
    (found,) = calendars(rows, FIRST, LAST)
    assert [held.row.measure.id for held in found.spells[1].held] == ["block", "slow", "ban"]


def test_many_measures_of_one_target_have_a_list_each_so_that_pages_grow_no_faster_than_their_number() -> None:
    rows = [
        measure(f"m{i}", earliest_start="2025-02-01", latest_start="2025-02-01", last="2025-12-31") for i in range(9)
    ]
    found = calendars(rows, FIRST, LAST)
    assert [one.alone for one in found] == [f"m{i}" for i in range(9)]
    assert [one.alone for one in calendars(rows[:8], FIRST, LAST)] == [""]


def test_what_changes_no_access_has_no_status() -> None:
    assert calendars([measure(status=None, earliest_start="2025-02-01", latest_start="2025-02-01")], FIRST, LAST) == []


dates = st.none() | st.dates(dt.date(2024, 6, 1), dt.date(2026, 6, 1))


@given(st.lists(st.tuples(dates, dates, dates, dates, dates), min_size=1, max_size=5))
def test_every_day_is_in_one_row(bounds: list[tuple[dt.date | None, ...]]) -> None:
    names = ("earliest_start", "latest_start", "earliest_end", "latest_end", "last")
    rows = [measure(f"m{i}", **dict(zip(names, of, strict=True))) for i, of in enumerate(bounds)]
    for calendar in calendars(rows, FIRST, LAST):
        ends = [(spell.first, spell.last) for spell in calendar.spells]
        assert ends[0][0] == FIRST and ends[-1][1] == LAST
        assert all(first <= last for first, last in ends)
        assert all(b[0] - a[1] == dt.timedelta(1) for a, b in pairwise(ends))
        assert all(a.held != b.held for a, b in pairwise(calendar.spells))


def measures(loaded: Loaded) -> list[Row]:
    answers = Answers(loaded.ontology, loaded.store, Root(ROOT).templates / "questions")
    return Rows(answers, lambda: Shower(loaded.ontology, {}, {}, ("en", ""))).all("measures")


def year(day: str) -> Row:
    row: Row = rows_with(("day", "page"))(dt.date.fromisoformat(day), thing(day[:4]))
    return row


def test_a_page_of_a_country_lasts_until_the_next_year_in_which_something_changed() -> None:
    pages = [year("2026-01-01"), year("2022-01-01")]
    assert until(pages[1], pages, dt.date(2026, 2, 12)) == dt.date(2025, 12, 31)
    assert until(pages[0], pages, dt.date(2026, 2, 12)) == dt.date(2026, 2, 12)
    assert until(pages[0], pages, dt.date(2025, 2, 12)) == dt.date(2026, 12, 31)


def test_the_page_of_a_year_says_what_held_on_each_day(toy_site: dict[str, bytes]) -> None:
    page = Markup(toy_site["en/status/xa-2025.html"].decode())
    assert "Jan 31 – Feb 11, 2025 partly restricted certain · voice and video calls" in page.text.replace("\u2009", " ")
    assert "no accepted claim says that it was restricted" in page.text
    assert {"xa-2024.html", "xa-2025.html"} <= {link.rpartition("/")[2] for link in page.values("href")}
    assert "../status/xa-2025.html" in Markup(toy_site["en/country/xa.html"].decode()).values("href")
    assert "country-xa" in Markup(toy_site["en/service/blip.html"].decode()).ids


def test_pages_agree_with_the_question_of_the_analysts(toy: Loaded) -> None:
    question = read_all(toy.ontology)["status-on"]
    rows = [row for row in measures(toy) if row.country.id == "xa"]
    for day in ("2024-04-01", "2025-01-15", "2025-02-13", "2025-06-04", "2025-11-01", "2026-01-20"):
        at = dt.date.fromisoformat(day)
        shown = {
            (held.row.measure.id, held.sure == "begun", held.sure == "over")
            for one in calendars(rows, at, at)
            for held in one.spells[0].held
            if held.sure != "unknown"
        }
        bound = question.bind(toy.ontology, {"country": "xa", "date": day})
        answer = ask(toy.ontology, toy.store, question.sparql, bound)
        assert isinstance(answer, Answer)
        columns = answer.columns
        asked = {
            (
                toy.ontology.prefixes.local(row[columns.index("measure")].value),
                row[columns.index("certainty")].value.startswith("possibly"),
                row[columns.index("certainty")].value.endswith("possibly over"),
            )
            for row in answer.rows
        }
        assert shown == asked, day


@pytest.mark.slow
def test_a_date_leads_to_the_rows_of_the_day_here_and_on_other_pages(browser: Browser, toy_folder: Path) -> None:
    with reader(browser, 1280) as page:
        page.goto((toy_folder / "en/status/xa-2025.html").as_uri())
        everything = page.locator("tr[data-from]:visible").count()
        page.locator("input[type=date]").fill("2025-02-12")
        assert page.url.endswith("#2025-02-12")
        assert 0 < page.locator("tr[data-from]:visible").count() < everything
        page.locator(".pick button").click()
        assert page.locator("tr[data-from]:visible").count() == everything
        page.locator("input[type=date]").fill("2024-04-01")
        page.wait_for_url("**/xa-2024.html#2024-04-01")
        assert page.locator("input[type=date]").input_value() == "2024-04-01"
        page.locator("input[type=date]").fill("1999-04-01")
        assert "no accepted claim" in page.locator("[role=status]").inner_text()


@pytest.mark.slow
def test_a_date_on_the_page_of_a_country_leads_to_the_year_that_has_it(browser: Browser, toy_folder: Path) -> None:
    with reader(browser, 390) as page:
        page.goto((toy_folder / "en/country/xa.html").as_uri())
        page.locator("input[type=date]").fill("2025-02-12")
        page.wait_for_url("**/status/xa-2025.html#2025-02-12")
        assert page.locator("#target-blip").is_visible()


@pytest.mark.slow
def test_of_very_many_targets_the_names_are_folded_and_can_be_found(browser: Browser, tmp_path: Path) -> None:
    """Without script as well; and all of what is folded can be reached by keyboard."""
    for name, content in rendered(tmp_path, facts(70, days=300), whole=True).items():
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_bytes(content)
    address = (tmp_path / "site/en/status/xa-2012.html").as_uri()
    with reader(browser, 390, script=False) as page:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollHeight") < 4000
        assert page.locator("tr[data-from]:visible").count() == 0
        page.locator(".days summary").first.press("Enter")
        assert page.locator("tr[data-from]:visible").count() > 0
    with reader(browser, 390) as page:
        page.goto(address)
        name = page.locator("tr.grp a").last.text_content() or ""
        page.locator("input[type=search]").fill(name.lower())
        assert page.locator("tr.grp a:visible").all_text_contents() == [name]
        page.locator("input[type=search]").fill("")
        assert page.locator("tr[data-from]:visible").count() == 0


@pytest.mark.slow
def test_without_script_there_is_no_dead_date_box(browser: Browser, toy_folder: Path) -> None:
    with reader(browser, 390, script=False) as page:
        page.goto((toy_folder / "en/status/xa-2025.html").as_uri())
        assert page.locator("input").count() == 0
        assert page.locator("tr[data-from]").first.is_visible()
