"""Classes: every value in exactly one, missing in none, and changes are said."""

from __future__ import annotations

import warnings

import jenkspy
import mapclassify
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from lpipgeo.classify import (
    COUNTED_SCHEMES,
    MAX_CLASSES,
    MAX_FOR_NATURAL_BREAKS,
    MIN_CLASSES,
    NO_CLASS,
    assign,
    classify_bands,
    classify_breaks,
    classify_values,
)
from lpipgeo.errors import ClassificationError

BANDS = (0.0, 5.0, 10.0, 15.0, 20.0, 100.0)
TEN = np.arange(1.0, 11.0)
# One decimal, as published figures have: equal values are common, tiny gaps are not.
VALUES = hnp.arrays(
    float,
    st.integers(1, 60),
    elements=st.one_of(
        st.integers(-500, 5_000).map(lambda whole: whole / 10), st.just(float("nan"))
    ),
).filter(lambda values: not np.isnan(values).all())


def array(*values):
    return np.array([float("nan") if v is None else v for v in values], dtype=float)


@pytest.mark.parametrize("scheme", COUNTED_SCHEMES)
def test_missing_value_has_no_class(scheme):
    classes = classify_values(array(1, None, 2, 3, None, 4), scheme, 3)
    places = np.flatnonzero(classes.class_of == NO_CLASS)
    assert places.tolist() == [1, 4]


def test_classes_are_right_closed_and_the_first_holds_the_lowest_value():
    classes = classify_values(TEN, "quantiles", 5)
    assert classes.edges == pytest.approx((1, 2.8, 4.6, 6.4, 8.2, 10))
    assert assign(array(1, 2.8, 2.81, 10), classes.edges).tolist() == [0, 0, 1, 4]


def test_equal_counts_are_equal():
    assert classify_values(TEN, "quantiles", 5).counts == (2, 2, 2, 2, 2)


def test_equal_steps_are_equal():
    edges = classify_values(array(0, 1, 2, 50, 100), "equal_interval", 4).edges
    assert edges == pytest.approx((0, 25, 50, 75, 100))


@pytest.mark.parametrize("k", [3, 4, 5])
def test_natural_breaks_are_those_of_fisher_and_jenks(k):
    sample = np.random.default_rng(7).gamma(2.0, 10.0, 60).round(2)
    with warnings.catch_warnings(action="ignore"):  # slow without numba, it says
        theirs = mapclassify.FisherJenks(sample, k=k).bins
    assert classify_values(sample, "natural_breaks", k).edges[1:] == pytest.approx(
        theirs.tolist()
    )


@pytest.mark.parametrize("scheme", COUNTED_SCHEMES)
@given(values=VALUES, k=st.integers(MIN_CLASSES, MAX_CLASSES))
def test_every_value_lies_in_exactly_one_class(scheme, values, k):
    classes = classify_values(values, scheme, k)
    low, high = np.array(classes.edges[:-1]), np.array(classes.edges[1:])
    inside = (values[:, None] > low) & (values[:, None] <= high)
    inside[:, 0] |= values == low[0]
    known = ~np.isnan(values)
    np.testing.assert_array_equal(inside.sum(axis=1), known.astype(int))
    np.testing.assert_array_equal(inside[known].argmax(axis=1), classes.class_of[known])


@pytest.mark.parametrize("scheme", COUNTED_SCHEMES)
@given(values=VALUES, k=st.integers(MIN_CLASSES, MAX_CLASSES))
def test_edges_span_the_values_and_rise(scheme, values, k):
    edges = classify_values(values, scheme, k).edges
    assert (edges[0], edges[-1]) == (np.nanmin(values), np.nanmax(values))
    assert list(edges) == sorted(edges)
    assert len(set(edges)) == len(edges) or len(edges) == 2


@pytest.mark.parametrize("scheme", COUNTED_SCHEMES)
@given(values=VALUES, k=st.integers(MIN_CLASSES, MAX_CLASSES))
def test_there_are_never_more_classes_than_asked(scheme, values, k):
    classes = classify_values(values, scheme, k)
    assert classes.k <= k


@pytest.mark.parametrize("scheme", COUNTED_SCHEMES)
def test_few_different_values_lower_the_number_of_classes(scheme):
    classes = classify_values(array(1, 1, 2, 2, 3), scheme, 5)
    assert classes.k <= 3


@pytest.mark.parametrize("scheme", COUNTED_SCHEMES)
def test_one_value_is_one_class(scheme):
    classes = classify_values(array(7, 7, None), scheme, 5)
    assert (classes.edges, classes.counts) == ((7.0, 7.0), (2,))


def test_classes_that_fall_together_are_one():
    classes = classify_values(array(*[0] * 90, *range(1, 11)), "quantiles", 5)
    assert (classes.edges, classes.counts) == ((0, 10), (100,))


def test_breaks_may_come_from_other_values():
    drawn, districts = array(10, 10, 10, 30), array(10, 20, 30)
    classes = classify_values(drawn, "quantiles", 3, base=districts)
    assert classes.edges[-1] == 30
    assert classes.class_of.tolist() == [0, 0, 0, 2]


@pytest.mark.parametrize("k", [2, 10, 0])
def test_number_of_classes_out_of_range_is_refused(k):
    with pytest.raises(ClassificationError, match="3 to 9 classes"):
        classify_values(TEN, "quantiles", k)


def test_unknown_method_is_refused_with_the_known_ones():
    with pytest.raises(ClassificationError, match="quantiles, natural_breaks"):
        classify_values(TEN, "magic")


@pytest.mark.parametrize("values", [array(), array(None, None)])
def test_no_value_at_all_is_refused(values):
    with pytest.raises(ClassificationError, match="no value"):
        classify_values(values)
    with pytest.raises(ClassificationError, match="no value"):
        classify_bands(values, BANDS)


def test_bands_hold_their_lower_edge_and_the_last_also_its_upper():
    classes = classify_bands(array(0, 4.9, 5, 19.99, 20, 100, None), BANDS)
    assert classes.class_of.tolist() == [0, 0, 1, 3, 4, 4, NO_CLASS]


def test_empty_bands_at_the_ends_are_left_out():
    classes = classify_bands(array(5, 12), BANDS)
    assert classes.edges == (5.0, 10.0, 15.0)
    assert classes.counts == (1, 1)


def test_empty_band_in_the_middle_stays():
    classes = classify_bands(array(1, 12), BANDS)
    assert classes.counts == (1, 0, 1)


def test_classes_around_the_mean_break_at_standard_deviations():
    """Mean 5 and sample standard deviation 2.7386 of the numbers 1 to 9."""
    found = classify_values(np.arange(1.0, 10.0), "std_mean")

    assert found.edges == pytest.approx((1, 2.2614, 7.7386, 9), abs=1e-4)
    assert found.counts == (2, 5, 2)


def test_own_breaks_are_taken_as_they_are_and_those_beyond_left_out():
    values = np.array([1.0, 5, 12, 20, np.nan])
    found = classify_breaks(values, (0.5, 10, 15, 99))

    assert found.edges == (1, 10, 15, 20)
    assert found.class_of.tolist() == [0, 0, 1, 2, NO_CLASS]


def test_breaks_that_miss_all_values_leave_one_class():
    found = classify_breaks(np.array([1.0, 2]), (10, 20))

    assert found.k == 1


def test_breaks_that_do_not_rise_are_refused():
    with pytest.raises(ClassificationError, match="rise"):
        classify_breaks(np.array([1.0, 2]), (20, 10))


def test_natural_breaks_of_many_values_are_those_of_all_within_a_few_per_cent():
    """More values than are classed one by one; breaks of all made here by jenkspy."""
    values = np.random.default_rng(1).gamma(2.0, 3.0, 2 * MAX_FOR_NATURAL_BREAKS)

    found = classify_values(values, "natural_breaks", 5)

    assert found.edges == pytest.approx(jenkspy.jenks_breaks(values, 5), rel=0.05)
    assert sum(found.counts) == len(values)


def test_classes_around_the_mean_of_a_base_name_the_class_of_its_mean():
    base = np.arange(0.0, 101)
    found = classify_values(np.array([1.0, 30, 45, 99]), "std_mean", base=base)

    assert found.edges[found.middle] < base.mean() <= found.edges[found.middle + 1]
