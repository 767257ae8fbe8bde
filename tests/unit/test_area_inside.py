"""How the smaller areas inside an area differ."""

from __future__ import annotations

import math

import pytest

import lpipgeo
from lpipgeo.area_inside import INSIDE_COLUMNS, read_inside
from lpipgeo.errors import SelectionError
from lpipgeo.levels import ENGLAND, REGION
from tests import factories


def test_table_holds_the_neighbourhoods_lowest_first(tiny_data):
    table = lpipgeo.inside(factories.WEST, "tiny_share", data=tiny_data)
    assert tuple(table.columns) == INSIDE_COLUMNS
    assert table["area_name"].tolist() == [f"Square {n}" for n in (1, 2, 3, 4)]
    assert table["value"].tolist() == [10, 20, 30, 40]


def test_summary_leaves_out_what_is_missing(tiny_data):
    found = read_inside(REGION, "tiny_share", data=tiny_data)
    assert (len(found.table), found.known, found.reason) == (6, 5, "")
    quarters = (found.minimum, found.quarter_low, found.median, found.quarter_high)
    assert (*quarters, found.maximum) == (10, 20, 30, 40, 50)
    # By hand, with straight lines between values: 14 and 46.
    assert (found.tenth, found.ninetieth) == pytest.approx((14, 46))
    assert found.gap == pytest.approx(32)
    assert found.table["status"].iloc[-1] == "suppressed"


def test_few_neighbourhoods_have_no_summary(tiny_data):
    found = read_inside(factories.WEST, "tiny_share", data=tiny_data)
    assert found.reason == "Too few smaller areas have a figure."
    assert math.isnan(found.gap)


@pytest.mark.parametrize("code", ["E08000028", "WMS000002", REGION])
def test_gap_is_that_of_the_indicator_that_the_build_made(code):
    found = read_inside(code, "no_qualifications")
    published = lpipgeo.observations("gap_no_qualifications", areas=code)["value"]
    assert found.gap == pytest.approx(published.iloc[0], abs=1e-6)


def test_indicator_of_msoas_is_shown_by_msoa():
    found = read_inside("E08000028", "epc_a_to_c")
    msoas = lpipgeo.areas("msoa21").query("lad24 == 'E08000028'")["area_code"]
    assert found.level == "msoa21"
    assert set(found.table["area_code"]) == set(msoas)


@pytest.mark.parametrize(
    ("indicator", "level", "reason"),
    [
        ("employment_rate", None, "There are no figures of neighbourhoods."),
        ("epc_a_to_c", "lsoa21", "There are no figures of neighbourhoods."),
        ("heat_risk", None, "The publisher allows no exact figures here."),
        ("fuel_poverty", None, "The publisher allows no exact figures here."),
    ],
)
def test_reason_is_given_where_there_is_no_summary(indicator, level, reason):
    found = read_inside("E08000028", indicator, level)
    assert found.reason == reason
    assert math.isnan(found.gap)


def test_ward_holds_the_neighbourhoods_that_fit_it_best():
    assert read_inside("E05001219", "no_qualifications").known == 11


def test_neighbourhood_has_nothing_inside():
    with pytest.raises(SelectionError, match="No neighbourhoods of the region lie"):
        read_inside("E01010046", "no_qualifications")


@pytest.mark.parametrize("code", [ENGLAND, "E12000007"])
def test_an_area_outside_the_region_is_not_made_of_the_regions_neighbourhoods(code):
    with pytest.raises(SelectionError, match="of the West Midlands region only, not"):
        read_inside(code, "no_qualifications")


def test_other_levels_are_refused():
    with pytest.raises(SelectionError, match="neighbourhoods"):
        read_inside("E08000028", "no_qualifications", "ward25")
