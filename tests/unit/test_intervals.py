"""Margins of error, against published tables and other programs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.stats import binomtest

from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.intervals import add_limits, byar_limits, wilson_limits
from lpipgeo.observation_table import read_observations
from tests import factories

COUNTS = {"tiny_share": factories.make_indicator(limits="counts")}


@pytest.mark.parametrize(
    ("numerator", "denominator", "lower", "upper"),
    [
        # Newcombe (1998), Statistics in Medicine 17, 857–872, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
        # The tests of PHStatsMethods (Public Health England).
        (100, 10_000, 0.008229336, 0.012146982),
        (100, 1_000, 0.08290944, 0.12015196),
    ],
)
def test_limits_of_a_share_are_the_published_ones(numerator, denominator, lower, upper):
    found = wilson_limits([numerator], [denominator])
    assert_allclose(np.ravel(found), [lower, upper], atol=5.1e-5)


@pytest.mark.parametrize(
    ("count", "lower", "upper", "tolerance"),
    [
        # Exact limits of a Poisson count: Garwood (1936), Biometrika 28, 437–442; the
        # same as R's poisson.test(). Ours up to 9; Byar's come near them from 10 on.
        (0, 0.0, 3.689, 5.1e-4),
        (1, 0.025, 5.572, 5.1e-4),
        (5, 1.623, 11.668, 5.1e-4),
        (9, 4.115, 17.085, 5.1e-4),
        (10, 4.795, 18.390, 0.012),
        (20, 12.217, 30.888, 0.007),
        (50, 37.111, 65.919, 0.004),
        (100, 81.364, 121.627, 0.003),
    ],
)
def test_limits_of_a_number_of_events_are_the_published_ones(
    count, lower, upper, tolerance
):
    assert_allclose(np.ravel(byar_limits([count])), [lower, upper], atol=tolerance)


def test_limits_hardly_jump_where_the_method_changes():
    # 9.999 events have the exact limits, 10 have Byar's.
    below, above = byar_limits([9.999]), byar_limits([10.0])
    assert_allclose(np.ravel(below), np.ravel(above), rtol=0.002)


@given(st.integers(1, 10**7), st.floats(0, 1))
def test_share_lies_between_its_limits_and_these_between_0_and_1(total, part):
    count = round(total * part)
    lower, upper = wilson_limits([count], [total])
    assert -1e-12 <= lower[0] <= count / total + 1e-12
    assert count / total - 1e-12 <= upper[0] <= 1 + 1e-12


def test_share_from_counts_gets_limits_in_its_unit():
    row = add_limits(factories.make_table(), COUNTS).set_index("area_code")
    first = row.loc["E01900001"]  # 100 of 1,000 people
    other = binomtest(100, 1_000).proportion_ci(method="wilson")
    assert_allclose([first["lower_ci"], first["upper_ci"]], 100 * np.array(other))
    assert first["limits"] == "wilson"


def test_rate_from_counts_gets_limits_in_its_unit():
    rate = factories.make_indicator(
        limits="counts", value_type="rate", multiplier=1_000.0, valid_range=[0, 1_000]
    )
    rows = add_limits(factories.make_table(), {"tiny_share": rate})
    first = rows.set_index("area_code").loc["E01900001"]
    assert first["limits"] == "byar"
    # The lower limit is that of the tests of PHStatsMethods: byars_lower(100).
    assert_allclose(first["lower_ci"], 81.36210549)
    assert_allclose(first["upper_ci"], 121.62794, rtol=1e-6)  # by the formula, by hand


def test_limits_of_the_publisher_are_kept():
    table = factories.make_table().assign(lower_ci=1.0, upper_ci=99.0)
    found = add_limits(table, COUNTS)
    assert set(found["limits"]) == {"publisher"}
    assert set(found["lower_ci"]) == {1.0}
    assert set(found["upper_ci"]) == {99.0}


def test_there_are_no_limits_where_the_record_does_not_say_that_they_come_from_counts():
    found = add_limits(
        factories.make_table(), {"tiny_share": factories.make_indicator()}
    )
    assert found[["lower_ci", "upper_ci"]].isna().all(axis=None)
    assert set(found["limits"]) == {""}


@pytest.mark.parametrize("status", ["converted", "inherited", "modelled", "not_ranked"])
def test_figure_that_is_no_count_of_the_area_gets_no_limits(status):
    found = add_limits(factories.make_table().assign(status=status), COUNTS)
    assert found["lower_ci"].isna().all()


def test_missing_figure_has_no_limits():
    found = add_limits(factories.make_table(), COUNTS).set_index("area_code")
    assert np.isnan(found.loc["E01900006", "upper_ci"])
    assert found.loc["E01900006", "limits"] == ""


def test_share_with_more_counted_than_there_are_gets_no_limits():
    table = factories.make_table().assign(denominator=50.0)
    assert add_limits(table, COUNTS)["lower_ci"].isna().all()


def test_nothing_is_added_to_an_empty_table():
    assert add_limits(factories.make_table().head(0), COUNTS).empty


def test_limits_of_a_census_share_are_those_of_another_program():
    # Sandwell, no qualifications, Census 2021 (ONS, TS067): 28.9 per cent.
    table = read_observations("no_qualifications", areas="E08000028")
    row = add_limits(table, read_catalogue().indicators).iloc[0]
    count, total = int(row["numerator"]), int(row["denominator"])
    other = binomtest(count, total).proportion_ci(method="wilson")
    assert round(row["value"], 1) == 28.9
    assert_allclose([row["lower_ci"], row["upper_ci"]], 100 * np.array(other))
