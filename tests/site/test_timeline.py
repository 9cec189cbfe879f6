"""Where measures are on the axis."""

from __future__ import annotations

import datetime as dt

import pytest

from censorkb.site.rows import Row, rows_with
from censorkb.site.scale import Scale
from censorkb.site.timeline import Bar, bar, chart, is_over
from censorkb.site.value import Thing

NOW = dt.date(2026, 1, 31)
SCALE = Scale(2024, NOW)


def thing(id_: str) -> Thing:
    return Thing(f"https://example.org/{id_}", id_, id_.title(), "en", f"{id_}.html")


def measure(id_: str = "m", **known: object) -> Row:
    days = {name: dt.date.fromisoformat(str(known.pop(name))) if known.get(name) else None for name in
            ("earliest_start", "latest_start", "earliest_end", "latest_end", "last")}  # fmt: skip
    plain: dict[str, object] = {
        "measure": thing(id_), "target": thing("blip"), "country": thing("xa"), "group": thing("messenger"),
        "status": thing("blocked"), "severity": 5, "rank": 4, "disputed": None,
    }  # fmt: skip
    values = {**plain, **days, **known}
    row: Row = rows_with(tuple(values))(*values.values())
    return row


def drawn(**known: object) -> Bar:
    made = bar(measure(**known), SCALE)
    assert made is not None
    return made


def test_the_axis_ends_a_little_after_now() -> None:
    assert SCALE.x(dt.date(2024, 1, 1)) == 0
    assert 95 < SCALE.at_now < 98
    assert SCALE.x(dt.date(2030, 1, 1)) == 100
    assert SCALE.x(dt.date(2000, 1, 1)) == 0


def test_few_years_have_quarters_many_have_years() -> None:
    assert [tick.day.isoformat() for tick in SCALE.ticks()][:3] == ["2024-01-01", "2024-04-01", "2024-07-01"]
    assert all(tick.year for tick in Scale(2015, NOW).ticks())


def test_a_long_axis_names_so_many_years_as_have_room() -> None:
    assert [len(Scale(year, NOW).ticks()) <= 14 for year in range(1990, 2023)] == [True] * 33
    assert [tick.day.year for tick in Scale(1990, NOW).ticks()][:3] == [1990, 1993, 1996]
    assert SCALE.at_now / (SCALE.early + SCALE.since) / 4 == pytest.approx(SCALE.x(dt.date(2024, 4, 1)), abs=0.1)


def test_where_most_began_of_late_the_last_two_years_are_drawn_wider() -> None:
    late, early = dt.date(2025, 8, 1), dt.date(2015, 9, 1)
    made = Scale(2015, NOW, [early, late, late])
    assert made.broken and made.x(dt.date(2025, 1, 1)) == pytest.approx(made.at_recent, abs=0.01)
    assert made.x(NOW) - made.x(dt.date(2025, 1, 1)) > made.x(dt.date(2025, 1, 1))
    places = [made.x(early + dt.timedelta(days)) for days in range(4000)]
    assert places == sorted(places)
    assert made.x(dt.date(2025, 4, 1)) - made.at_recent == pytest.approx(
        made.quarter * (100 - made.at_recent) / 100, abs=0.3
    )
    assert [tick.day.isoformat()[:7] for tick in made.ticks() if not tick.spare] == [
        "2017-01", "2021-01", "2025-01", "2025-07", "2026-01",
    ]  # fmt: skip
    assert not Scale(2015, NOW, [early, late]).broken
    assert not Scale(2022, NOW, [late, late]).broken, "few years have room"


def test_on_the_first_of_january_the_axis_begins_a_year_before() -> None:
    made = Scale(2026, dt.date(2026, 1, 1))
    assert made.year == 2025 and made.x(dt.date(2026, 1, 1)) == pytest.approx(made.at_now, abs=0.01)


def test_in_force_to_the_last_evidence_then_pale_then_an_arrow() -> None:
    made = drawn(earliest_start="2025-02-12", latest_start="2025-02-12", last="2025-06-01")
    assert made.coming is None
    assert made.solid is not None and made.solid.x == round(SCALE.x(dt.date(2025, 2, 12)), 2)
    assert made.pale is not None and made.pale.x == round(SCALE.x(dt.date(2025, 6, 1)), 2)
    assert made.arrow == SCALE.at_now
    assert made.tick is None and made.dot is None


def test_an_uncertain_start_fades_in_over_the_days_it_can_be() -> None:
    made = drawn(earliest_start="2025-09-01", latest_start="2025-12-31", last="2026-01-31")
    assert made.coming is not None and made.coming.x == round(SCALE.x(dt.date(2025, 9, 1)), 2)
    assert made.coming.x + made.coming.width == pytest.approx(SCALE.x(dt.date(2025, 12, 31)), abs=0.02)


def test_on_or_before_a_day_fades_in_up_to_it() -> None:
    made = drawn(latest_start="2025-05-21", last="2025-05-21")
    assert made.coming is not None and made.solid is None and made.pale is not None


def test_lifted_ends_with_a_tick_and_fades_if_the_day_is_open() -> None:
    made = drawn(
        earliest_start="2024-03-05", latest_start="2024-03-05", earliest_end="2024-09-01", latest_end="2024-09-30"
    )
    assert made.arrow is None and made.pale is None
    assert made.tick == round(SCALE.x(dt.date(2024, 9, 30)), 2)
    assert made.going is not None and made.going.x == round(SCALE.x(dt.date(2024, 9, 1)), 2)


def test_short_and_over_is_a_dot_short_and_going_on_is_an_arrow() -> None:
    days = {"earliest_start": "2025-06-03", "latest_start": "2025-06-03"}
    assert drawn(**days, earliest_end="2025-06-05", latest_end="2025-06-05").dot is not None
    fresh = drawn(earliest_start="2026-01-30", latest_start="2026-01-30", last="2026-01-31")
    assert fresh.dot is None and fresh.stub and fresh.arrow == SCALE.at_now


def test_what_changes_no_access_ends_with_the_last_word_about_it() -> None:
    made = drawn(status=None, severity=None, earliest_start="2025-09-02", latest_start="2025-09-02", last="2025-09-03")
    assert made.dot is not None and made.arrow is None


def test_without_a_date_there_is_no_bar() -> None:
    assert bar(measure(rank=2), SCALE) is None


def test_over_is_what_has_ended_up_to_now() -> None:
    assert is_over(measure(rank=5), NOW)
    assert is_over(measure(latest_end="2026-01-31"), NOW)
    assert not is_over(measure(latest_end="2026-02-01"), NOW)
    assert not is_over(measure(), NOW)


def test_overlapping_measures_stack_and_others_share_a_track() -> None:
    made = chart(
        [
            measure("first", earliest_start="2024-03-05", latest_start="2024-03-05", latest_end="2024-09-16"),
            measure("second", earliest_start="2025-02-12", latest_start="2025-02-12", last="2025-03-01"),
            measure("calls", earliest_start="2025-01-01", latest_start="2025-01-31", last="2025-03-01"),
        ],
        NOW,
    )
    assert made is not None
    ((_, (lane,)),) = made.groups
    assert {b.row.measure.id: b.y for b in lane.bars} == {"first": 4, "calls": 4, "second": 21}


def test_the_row_says_the_worst_that_stands() -> None:
    made = chart(
        [
            measure("slow", severity=3, status=thing("degraded"), latest_start="2025-01-01", last="2026-01-01"),
            measure("tried", severity=5, rank=3, latest_start="2025-01-01", last="2026-01-01"),
            measure("gone", severity=5, latest_start="2024-01-01", latest_end="2024-02-01"),
        ],
        NOW,
    )
    assert made is not None
    assert made.groups[0][1][0].now is not None
    assert made.groups[0][1][0].now.measure.id == "slow"


def test_worst_first_and_the_merely_announced_last() -> None:
    rows = [
        measure("a", target=thing("announced"), rank=2, last="2025-01-01"),
        measure("b", target=thing("slow"), severity=3, latest_start="2025-01-01", last="2026-01-01"),
        measure("c", target=thing("blocked"), latest_start="2025-06-01", last="2026-01-01"),
    ]
    made = chart(rows, NOW)
    assert made is not None
    assert [lane.thing.id for lane in made.groups[0][1]] == ["blocked", "slow", "announced"]


def test_the_order_of_the_rows_does_not_matter() -> None:
    rows = [
        measure(f"m{i}", target=thing(f"t{i % 3}"), latest_start=f"2025-0{i + 1}-01", last="2026-01-01")
        for i in range(9)
    ]
    assert chart(rows, NOW, "target") is not None
    one, two = chart(rows, NOW), chart(rows[::-1], NOW)
    assert one is not None and two is not None
    assert [[b.row.measure.id for b in lane.bars] for _, lanes in one.groups for lane in lanes] == [
        [b.row.measure.id for b in lane.bars] for _, lanes in two.groups for lane in lanes
    ]


def test_nothing_gives_no_chart() -> None:
    assert chart([], NOW) is None
