"""Areas: found by code, with their larger areas and the successors of old codes."""

from __future__ import annotations

import pytest

import lpipgeo
from lpipgeo.area_index import read_areas
from lpipgeo.errors import UnknownAreaError, UnknownLevelError
from lpipgeo.levels import ENGLAND, REGION, UNITED_KINGDOM
from tests import factories


@pytest.fixture(scope="module")
def areas():
    return read_areas()


@pytest.fixture(scope="module")
def tiny(tiny_data):
    return read_areas(tiny_data)


def test_area_is_found_with_its_names_and_levels(areas):
    birmingham = areas.find("E08000025")
    assert (birmingham.name, birmingham.levels, birmingham.in_region) == (
        "Birmingham",
        ("lad24", "utla"),
        True,
    )


@pytest.mark.parametrize("typed", ["e08000025", " E08000025 ", "e08000025\n"])
def test_code_may_be_typed_in_any_case(areas, typed):
    assert areas.find(typed).code == "E08000025"
    assert areas.successors("e01008914") == areas.successors("E01008914") != []


def test_unknown_code_suggests_known_ones_by_name(areas):
    with pytest.raises(UnknownAreaError, match=r"'E08000025' \(Birmingham\)"):
        areas.find("E0800025")


def test_old_code_names_todays_areas_largest_first(tiny):
    with pytest.raises(
        UnknownAreaError,
        match=r"old code; today's areas are Square 1 \(E01900001\) and Square 2 \(",
    ):
        tiny.find("E01800001")
    assert tiny.successors("E01800001") == ["E01900001", "E01900002"]


def test_code_that_never_was_has_no_successor(tiny):
    assert tiny.successors("E99999999") == []


def test_level_holds_its_areas_in_order_of_code(tiny):
    assert tiny.codes("lsoa21") == sorted(factories.SQUARES)
    assert tiny.codes("utla") == tiny.codes("lad24") == [factories.WEST, factories.EAST]


def test_level_may_reach_beyond_the_region(areas):
    assert len(areas.of_level("lad24")) == 30
    assert len(areas.of_level("lad24", in_region=False)) == 296


def test_unknown_level_is_refused(areas):
    with pytest.raises(UnknownLevelError):
        areas.codes("lsoa2")


def test_parents_run_from_near_to_far_and_stand_once(areas):
    found = areas.parents("E01008881")
    assert [area.level for area in found] == [
        "msoa21",
        "ward25",
        "lad24",
        "subregion",
        "cauth",
        "rgn",
        "pcon24",
        "itl3",
        "itl2",
        "ctry",
    ]


@pytest.mark.parametrize("country", [ENGLAND, UNITED_KINGDOM])
def test_no_country_lies_in_england(areas, country):
    assert areas.parent(country, "ctry") is None


def test_area_without_a_parent_at_a_level_has_none(areas):
    assert areas.parent("E07000192", "cauth") is None  # Cannock Chase


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("E01008881", "Birmingham"),
        ("E08000025", "West Midlands"),
        (REGION, "Region"),
        (ENGLAND, "Country"),
    ],
)
def test_place_line_says_where_an_area_lies(areas, code, line):
    assert areas.place_line(code) == line


def test_areas_table_has_names_and_larger_areas():
    table = lpipgeo.areas("lad24").set_index("area_code")
    assert len(table) == 30
    row = table.loc["E08000025"]
    assert (row["area_name"], row["rgn"], row["cauth"]) == (
        "Birmingham",
        REGION,
        "E47000007",
    )


def test_areas_table_keeps_its_columns_where_all_are_empty():
    countries = lpipgeo.areas("ctry")
    assert countries["area_code"].tolist() == [ENGLAND, UNITED_KINGDOM]
    assert {"lat", "lon", "rural_urban"} <= {*countries.columns}


def test_areas_table_may_reach_beyond_the_region():
    assert len(lpipgeo.areas("rgn", all_england=True)) == 9
    assert lpipgeo.areas("rgn")["area_code"].tolist() == [REGION]


def test_a_name_in_place_of_a_code_is_answered_with_the_code(areas):
    area = next(iter(areas.by_code.values()))
    with pytest.raises(UnknownAreaError, match=area.code) as caught:
        areas.find(area.name.upper())
    assert area.code in caught.value.suggestions


def test_unknown_level_names_the_levels_in_words(areas):
    with pytest.raises(UnknownLevelError, match=r"District \(lad24\)") as caught:
        areas.of_level("zz")
    assert "Level(" not in str(caught.value)
