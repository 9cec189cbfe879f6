"""Confidence is what was measured: surer with fewer doubts, never certain, and no more than is known of rare doubts."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from censorkb.extract.calibration import FEW, Bucket, buckets, measured

COUNTS = st.integers(1, 60).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))
OUTCOMES = st.dictionaries(st.integers(1, 19).map(lambda n: n / 20), COUNTS, min_size=1)


@given(OUTCOMES)
def test_buckets_hold_every_claim_once_and_fall_with_the_score(outcomes):
    made = buckets(outcomes)
    assert sum(one.of for one in made) == sum(of for _, of in outcomes.values())
    assert sum(one.right for one in made) == sum(right for right, _ in outcomes.values())
    assert [one.least for one in made] == sorted((one.least for one in made), reverse=True)
    assert made[-1].least == min(outcomes)
    shares = [one.confidence for one in made]
    assert all(higher >= lower for higher, lower in pairwise(shares))
    assert len(made) == 1 or all(one.of >= FEW for one in made)


def test_scores_that_were_right_as_often_are_one_bucket():
    assert buckets({0.9: (8, 10), 0.8: (18, 20), 0.5: (5, 10)}) == [Bucket(0.8, 26, 30), Bucket(0.5, 5, 10)]


def test_a_few_that_were_all_right_do_not_make_the_next_certain():
    assert Bucket(0.9, 10, 10).confidence == pytest.approx(11 / 12)


@given(st.floats(0.05, 0.95), st.floats(0.05, 0.95))
def test_fewer_doubts_are_never_less_sure_and_none_is_certain(one, other):
    lower, higher = sorted((one, other))
    assert 0 < measured(lower) <= measured(higher) < 1


def test_a_score_below_all_that_were_measured_is_worth_no_more_than_it_says():
    assert measured(0.05) == 0.05
