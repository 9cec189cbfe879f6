"""Two states, packed in parcels, differ by the same statements as when they are laid side by side whole."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from censorkb.desk import parcels

FEW = st.integers(0, 9).map(lambda number: ox.NamedNode(f"https://facts.example/{number}"))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8).map(ox.Literal)
QUADS = st.builds(ox.Quad, FEW, FEW, FEW | TEXTS, FEW | st.just(ox.DefaultGraph()))
STATES = st.frozensets(QUADS, max_size=20)


def packed(quads: frozenset[ox.Quad]) -> parcels.Parcels:
    store = ox.Store()
    store.extend(quads)
    return parcels.pack(store)


@settings(max_examples=40)
@given(STATES, STATES, st.sampled_from([1, 100, parcels.BLOCK]))
def test_what_comes_and_goes_is_found_in_order(
    before: frozenset[ox.Quad], after: frozenset[ox.Quad], block: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parcels, "BLOCK", block)  # lines may begin in one block and end in another
        earlier, later = packed(before), packed(after)
    found = parcels.between(earlier, later)
    assert found.removed == sorted(before - after, key=str)
    assert found.added == sorted(after - before, key=str)
    assert not parcels.between(earlier, earlier)


def test_parcels_of_another_number_are_not_compared() -> None:
    whole = packed(frozenset())
    with pytest.raises(ValueError, match="shorter"):
        parcels.between(whole, whole[1:])
