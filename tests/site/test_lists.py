"""Lists of rows as templates take them apart."""

from __future__ import annotations

from types import SimpleNamespace

from censorkb.site.lists import alphabetical, distinct, groups, having, having_some, initials, lacking, values

LAW, ORDER = SimpleNamespace(id="law"), SimpleNamespace(id="order")
ROWS = [SimpleNamespace(rank=rank, why=why) for rank, why in ((2, "b"), (1, "a"), (2, "a"))]


def test_values_are_in_the_order_of_the_rows() -> None:
    assert values(ROWS, "rank") == [2, 1, 2]


def test_distinct_things_are_in_the_order_in_which_they_come_first() -> None:
    assert distinct(ROWS, "why") == ["b", "a"]


def test_groups_are_in_the_order_of_what_they_have_in_common_and_rows_in_theirs() -> None:
    assert groups(ROWS, "rank") == [(1, [ROWS[1]]), (2, [ROWS[0], ROWS[2]])]
    assert groups([], "rank") == []


def test_rows_that_have_a_value_and_those_that_lack_it() -> None:
    rows = [SimpleNamespace(kind=LAW), SimpleNamespace(kind=ORDER)]
    assert having(rows, "kind.id", "law") == rows[:1]
    assert lacking(rows, "kind.id", "law") == rows[1:]


def test_rows_that_have_something() -> None:
    rows = [SimpleNamespace(claims=0), SimpleNamespace(claims=2), SimpleNamespace(claims=None)]
    assert having_some(rows, "claims") == rows[1:2]


def test_names_stand_as_in_a_dictionary_whatever_their_accents_and_case() -> None:
    french = ["Zambie", "États-Unis", "finlande", "Côte d’Ivoire", "Corée"]
    russian = ["Япония", "Йемен", "Иран", "Ёлка", "Ель", "Италия"]

    def sorted_(names: list[str]) -> list[str]:
        return [row.label for row in alphabetical([SimpleNamespace(label=name) for name in names], "label")]

    assert sorted_(french) == ["Corée", "Côte d’Ivoire", "États-Unis", "finlande", "Zambie"]
    assert sorted_(["Channel 10", "channel 2", "4PDA", "Channel 2b", "24 hours"]) == [
        "4PDA", "24 hours", "channel 2", "Channel 2b", "Channel 10",
    ]  # fmt: skip
    assert sorted_(russian) == ["Ёлка", "Ель", "Иран", "Италия", "Йемен", "Япония"]


def test_a_long_list_is_parted_by_first_letters() -> None:
    rows = [SimpleNamespace(label=name) for name in ("Zello", "Ёлка", "Едим", "4PDA", "échos", "Edge")]
    found = [(letter, [row.label for row in part]) for letter, part in initials(rows, "label")]
    assert found == [("#", ["4PDA"]), ("E", ["échos", "Edge"]), ("Z", ["Zello"]), ("Е", ["Едим", "Ёлка"])]
