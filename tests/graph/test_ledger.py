"""The shelves of the ledger: values that come and go with remarks about the whole, each with a checksum."""

import sqlite3

import pytest

from censorkb.graph.ledger import Damaged, Ledger


@pytest.fixture
def ledger(tmp_path):
    made = Ledger(tmp_path / "ledger")
    made.exchange((), [("names", "a", "1"), ("names", "b", "2"), ("dates", "a", "3")], {"seen": "all"})
    yield made
    made.close()


@pytest.mark.parametrize(
    ("gone", "left"),
    [([], "123"), ([("names", "a")], "23"), ([("names", None)], "3"), (None, "")],
    ids=["nothing", "a value", "a shelf", "everything"],
)
def test_values_are_taken_from_their_shelves(ledger, gone, left):
    ledger.exchange(gone, [], {})
    found = [value for shelf in ("names", "dates") for _, value in ledger.records(shelf, ["a", "b", "c"])]
    assert "".join(found) == left


def test_a_value_takes_the_place_of_the_one_before(ledger):
    ledger.exchange([("names", "b")], [("names", "a", "4")], {})
    assert [*ledger.records("names", ["a", "b"])] == [("a", "4")]


def test_nothing_is_changed_if_something_fails(ledger):
    def broken():
        yield "names", "a", "5"
        raise OSError("full")

    with pytest.raises(OSError, match="full"):
        ledger.exchange(None, broken(), {"seen": "none"})
    assert [*ledger.records("names", ["a"])] == [("a", "1")]
    assert ledger.note("seen") == "all"


def test_a_value_that_has_decayed_is_not_believed(ledger, tmp_path):
    with sqlite3.connect(tmp_path / "ledger") as db:
        db.execute("UPDATE record SET value = '9' WHERE key = 'a'")
    db.close()
    assert [*ledger.records("names", ["b"])] == [("b", "2")]
    with pytest.raises(Damaged):
        list(ledger.records("names", ["a"]))
