"""All figures of a level, read at once."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.intervals import add_limits
from lpipgeo.level_figures import read_level, spread_of
from lpipgeo.observation_table import read_observations
from lpipgeo.statuses import STATUSES
from tests import factories


def test_column_holds_the_figures_in_order_of_the_codes(tiny_data):
    level = read_level("lsoa21", data=tiny_data)
    column = level.columns["tiny_share"]
    assert level.codes.tolist() == list(factories.SQUARES)
    assert column.period == factories.PERIOD
    assert_array_equal(column.value, [10, 20, 30, 40, 50, np.nan])
    assert column.spread == (10, 20, 40, 50)


@pytest.mark.parametrize("name", ["no_qualifications", "claimants_neighbourhood"])
def test_figures_and_limits_are_those_of_the_table(name):
    level = read_level("lsoa21")
    table = read_observations(name, "lsoa21").set_index("area_code", drop=False)
    table = add_limits(table.loc[level.codes], read_catalogue().indicators)
    ranked = table["status"].map(lambda status: STATUSES[status].is_ranked)
    column = level.columns[name]
    for array, field in (
        (column.value, "value"),
        (column.lower, "lower_ci"),
        (column.upper, "upper_ci"),
    ):
        assert_allclose(array, table[field].where(ranked).to_numpy(float))


def test_figures_that_may_not_be_ranked_are_left_out():
    cars = read_level("msoa21").columns["battery_electric_cars"]
    level = read_level("msoa21")
    fleet = level.rows_of(["E02002066", "E02002089", "E02002097"])
    assert np.isnan(cars.value[fleet]).all()


def test_limits_hold_the_value_wherever_there_are_limits():
    for level in ("lsoa21", "msoa21", "lad24", "utla", "rgn", "subregion"):
        for name, column in read_level(level).columns.items():
            known = ~np.isnan(column.lower)
            # The publisher rounds, so a limit may touch the value.
            assert (column.lower[known] <= column.value[known] + 1e-9).all(), name
            assert (column.value[known] <= column.upper[known] + 1e-9).all(), name


def test_districts_of_all_england_are_held_but_ranked_among_the_region():
    level = read_level("lad24")
    assert (len(level.codes), int(level.among.sum())) == (296, 30)
    assert_array_equal(level.among, level.in_region)


def test_regions_are_ranked_among_those_of_england():
    assert read_level("rgn").among.sum() == 9


def test_level_without_figures_has_no_columns():
    assert read_level("itl3").columns == {}


def test_spread_needs_five_figures():
    assert np.isnan(spread_of(np.array([1.0, 2, 3, 4, np.nan]))).all()
    assert spread_of(np.array([1.0, 2, 3, 4, 5, np.nan])) == (1, 2, 4, 5)
