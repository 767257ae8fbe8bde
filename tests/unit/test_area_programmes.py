"""The programmes of an area: itself, what it lies in, and places inside it."""

from __future__ import annotations

import pytest

from lpipgeo.area_index import read_areas
from lpipgeo.area_programmes import find_programmes
from lpipgeo.errors import UnknownAreaError
from lpipgeo.overlay_catalogue import read_features


def programmes(code):
    return {found.overlay.id: found for found in find_programmes(code)}


def test_area_that_is_covered_is_told_apart_from_one_with_parts():
    left_behind = read_features("left_behind_areas")["area_code"].iloc[0]
    assert programmes(left_behind)["left_behind_areas"].covers_all
    assert not programmes("E12000005")["left_behind_areas"].covers_all


def test_region_has_every_place_of_a_programme():
    names = {str(name) for name in read_features("towns_fund_places")["name"]}
    assert set(programmes("E12000005")["towns_fund_places"].places) == names


def test_neighbourhood_lies_in_the_programme_of_its_msoa():
    """Pride in Place is by MSOA."""
    msoa = read_features("pride_in_place_neighbourhoods")["area_code"].iloc[0]
    inside = read_areas().codes_within("lsoa21", msoa)[0]
    found = programmes(inside)["pride_in_place_neighbourhoods"]
    assert found.covers_all
    assert len(found.places) == 1


def test_point_of_a_programme_says_nothing_of_the_smaller_areas_around_it():
    """Where a Towns Fund place ends is not known, so its MSOA has it, not covers it."""
    lsoa = read_features("towns_fund_places")["area_code"].dropna().iloc[0]
    msoa = read_areas().parent(lsoa, "msoa21")
    found = programmes(msoa.code)["towns_fund_places"]
    assert not found.covers_all


def test_area_without_any_has_none():
    assert find_programmes("E01009989") == ()


def test_unknown_area_is_refused():
    with pytest.raises(UnknownAreaError):
        find_programmes("E99999999")
