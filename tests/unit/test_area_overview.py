"""Which figures an area is shown, each beside those of the larger areas."""

from __future__ import annotations

import math

import pytest

from lpipgeo.area_index import read_areas
from lpipgeo.area_overview import larger_areas
from lpipgeo.area_profile import read_profile
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.levels import ENGLAND, REGION, UNITED_KINGDOM
from lpipgeo.observation_table import read_values


def row_of(area, indicator):
    return read_profile(area).frame().set_index("indicator_id").loc[indicator]


def test_neighbourhood_has_every_figure_that_reaches_it_in_shown_order():
    table, catalogue = read_profile("E01008881").frame(), read_catalogue()
    known = [i for i in catalogue.indicators if catalogue.source_level(i, "lsoa21")]
    assert table["indicator_id"].tolist() == known
    assert len(known) > 90


def test_figure_stands_beside_the_larger_areas_at_the_same_period():
    row = row_of("E01008881", "fuel_poverty")
    codes = ["E01008881", "E08000025", "WMS000001", REGION, ENGLAND]
    found = read_values("fuel_poverty", codes, row["period"])
    names = ("value", "district", "subregion", "region", "england")
    assert [row[name] for name in names] == [found[code][0] for code in codes]


def test_inherited_figure_names_the_level_that_it_is_of():
    row = row_of("E01008881", "employment_rate")
    assert (row["status"], row["level"]) == ("inherited", "lad24")
    assert row["why"].startswith("The figure of the district that this area lies in")
    assert row["value"] == row["district"]


def test_publishers_own_figure_needs_no_explanation():
    row = row_of("E01008881", "no_qualifications")
    assert (row["status"], row["why"]) == ("published", "")


def test_figure_of_the_united_kingdom_is_there_too():
    """Children in low-income families: DWP and HMRC publish the UK, not England."""
    row = row_of("E08000028", "children_in_poverty")
    assert math.isnan(row["england"])
    found = read_values("children_in_poverty", [UNITED_KINGDOM], row["period"])
    assert row["uk"] == found[UNITED_KINGDOM][0]


def test_missing_figure_keeps_its_reason(tiny_data):
    row = read_profile("E01900006", data=tiny_data).frame().iloc[0]
    assert math.isnan(row["value"])
    assert row["status"] == "suppressed"
    assert row["why"].startswith("Withheld by the publisher")
    assert row[["district", "region", "england"]].tolist() == [50.0, 30.0, 25.0]


@pytest.mark.parametrize(
    ("code", "beside"),
    [
        ("E01008881", ["E08000025", "WMS000001", REGION, ENGLAND]),
        ("E08000025", ["WMS000001", REGION, ENGLAND]),
        ("WMS000001", [REGION, ENGLAND]),
        (REGION, [ENGLAND]),
        (ENGLAND, []),
    ],
)
def test_larger_areas_run_from_near_to_far(code, beside):
    area = read_areas().find(code)
    assert [parent.code for parent in larger_areas(area)] == beside


def test_area_of_a_level_without_figures_has_an_empty_profile():
    assert read_profile("TLG11").rows == ()  # no figure is made for ITL areas
