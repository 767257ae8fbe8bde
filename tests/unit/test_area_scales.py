"""One indicator at every scale."""

from __future__ import annotations

import pytest

import lpipgeo
from lpipgeo.area_scales import SCALE_COLUMNS
from lpipgeo.errors import UnknownIndicatorError


def test_figures_run_from_the_area_to_the_country():
    table = lpipgeo.scales("E01010046", "no_qualifications")
    assert tuple(table.columns) == SCALE_COLUMNS
    assert table["level"].tolist() == [
        *("lsoa21", "msoa21", "lad24", "subregion", "cauth", "rgn", "ctry"),
    ]
    sandwell = table.set_index("area_code").loc["E08000028"]
    assert round(sandwell["value"], 1) == 28.9  # ONS, Census 2021, TS067
    assert sandwell["lower_ci"] < sandwell["value"] < sandwell["upper_ci"]


def test_inherited_figure_is_marked_where_it_is_not_of_the_area():
    table = lpipgeo.scales("E01010046", "employment_rate").set_index("area_code")
    assert table["status"].tolist()[:3] == ["inherited", "not_available", "published"]
    assert table.loc["E01010046", "value"] == table.loc["E08000028", "value"]
    assert "was not measured here" in table.loc["E01010046", "why"]


def test_all_figures_are_of_one_period():
    assert lpipgeo.scales("E08000028", "fuel_poverty")["period"].nunique() == 1


def test_united_kingdom_comes_last_where_it_has_a_figure():
    table = lpipgeo.scales("E08000028", "children_in_poverty")
    assert table["area_name"].iloc[-1] == "United Kingdom"


def test_indicator_that_does_not_reach_the_area_gives_no_rows():
    assert lpipgeo.scales("E01010046", "turnout_2024").empty


def test_unknown_indicator_is_refused():
    with pytest.raises(UnknownIndicatorError):
        lpipgeo.scales("E01010046", "happyness")
