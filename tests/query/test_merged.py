"""Rows of a CSV table take the place of others, and the table is as one written anew."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from censorkb.query.table import merged

CELLS = st.text(st.sampled_from("ab,\"\n' ;\t"), max_size=6)
ROWS = st.dictionaries(CELLS.filter(bool), st.tuples(CELLS, CELLS), max_size=6)


def table(rows: dict[str, tuple[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("claim", "says", "quote"))
    writer.writerows((first, *rows[first]) for first in sorted(rows))
    return out.getvalue()


@given(ROWS, ROWS, st.sets(CELLS))
def test_a_table_in_which_rows_took_the_place_of_others_is_as_one_written_anew(before, new, gone):
    after = {first: cells for first, cells in before.items() if first not in gone} | new
    assert merged(table(before), table(new), gone) == table(after)
