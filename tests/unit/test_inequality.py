"""How much of an inequality lies between groups of places, and how much within."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lpipgeo.errors import SelectionError
from lpipgeo.inequality import split_theil, split_variance

places = st.lists(
    st.tuples(
        st.floats(0.01, 100),
        st.floats(1, 10_000),
        st.sampled_from(["Here", "There", "Yonder"]),
    ),
    min_size=1,
    max_size=60,
)


def columns(rows):
    values, weights, groups = zip(*rows, strict=True)
    return list(values), list(weights), list(groups)


def test_variance_by_hand():
    # Here 10 and 20 (100 people each): average 15, variance 25. There 30 and 50 (100
    # and 300): average 45, variance (225 + 3 * 25) / 4 = 75. All: shares 1/3 and 2/3,
    # average 35; between 400 / 3 + 2 * 100 / 3 = 200; within 25 / 3 + 150 / 3.
    found = split_variance(
        [10, 20, 30, 50], [100, 100, 100, 300], ["Here", "Here", "There", "There"]
    )
    assert found.between == pytest.approx(200)
    assert found.within == pytest.approx(175 / 3)
    assert found.total == pytest.approx(775 / 3)
    assert found.share_between == pytest.approx(600 / 775)


def test_theil_by_hand():
    # Two groups of two people each, all have the same inside: nothing within.
    found = split_theil([1, 1, 3, 3], [1, 1, 1, 1], ["a", "a", "b", "b"])
    by_hand = (0.5 * math.log(0.5) + 1.5 * math.log(1.5)) / 2
    assert (found.total, found.between) == pytest.approx((by_hand, by_hand))
    assert found.within == 0
    # The same average in both groups: nothing between.
    found = split_theil([1, 3, 1, 3], [1, 1, 1, 1], ["a", "a", "b", "b"])
    assert (found.total, found.within) == pytest.approx((by_hand, by_hand))
    assert found.between == 0


@given(places)
def test_the_parts_of_the_variance_are_the_whole(rows):
    found = split_variance(*columns(rows))
    assert found.between + found.within == pytest.approx(
        found.total, rel=1e-9, abs=1e-9
    )
    assert found.between >= 0
    assert found.within >= 0


@given(places)
def test_the_parts_of_theil_are_the_whole(rows):
    found = split_theil(*columns(rows))
    assert found.between + found.within == pytest.approx(
        found.total, rel=1e-9, abs=1e-9
    )
    assert min(found.between, found.within) >= 0


@given(places, st.floats(0.1, 50))
def test_a_different_unit_changes_no_share(rows, factor):
    values, weights, groups = columns(rows)
    for split in (split_variance, split_theil):
        here = split(values, weights, groups)
        there = split(np.multiply(values, factor), weights, groups)
        if here.total > 1e-6:
            assert there.share_between == pytest.approx(here.share_between, abs=1e-6)


def test_a_place_of_twice_the_people_counts_like_two():
    one = split_variance([10, 20, 40], [200, 100, 100], ["a", "a", "b"])
    two = split_variance([10, 10, 20, 40], [100] * 4, ["a", "a", "a", "b"])
    assert (one.total, one.between) == pytest.approx((two.total, two.between))


def test_equal_places_have_no_shares():
    found = split_variance([0.1, 0.1, 0.1], [1, 2, 3], ["a", "b", "b"])
    assert (found.total, found.between, found.within) == pytest.approx((0, 0, 0))
    assert math.isnan(found.share_between)


@pytest.mark.parametrize(
    ("values", "weights", "groups", "words"),
    [
        ([], [], [], "one figure, one weight and one group"),
        ([1, 2], [1], ["a", "b"], "one figure, one weight and one group"),
        ([1, math.nan], [1, 1], ["a", "b"], "leave them out"),
        ([1, 2], [1, 0], ["a", "b"], "above 0"),
    ],
)
def test_what_cannot_be_split_is_said(values, weights, groups, words):
    for split in (split_variance, split_theil):
        with pytest.raises(SelectionError, match=words):
            split(values, weights, groups)


def test_theil_needs_figures_above_zero():
    with pytest.raises(SelectionError, match="all above 0"):
        split_theil([0, 2], [1, 1], ["a", "b"])
