"""The committed areas: all there, named, and as large as the region together."""

from __future__ import annotations

import pandas as pd
import pytest

from lpipgeo.levels import COMBINED_AUTHORITY, ENGLAND, LEVELS, REGION
from tests.contract.area_levels import COUNTS, of_level


@pytest.mark.parametrize(("level", "count"), COUNTS.items())
def test_region_has_every_area_of_a_level(
    areas: pd.DataFrame, level: str, count: int
) -> None:
    assert of_level(areas, level)["in_region"].sum() == count


@pytest.mark.parametrize(("level", "count"), [("lad24", 296), ("rgn", 9), ("ctry", 2)])
def test_england_has_every_area_of_a_level(
    areas: pd.DataFrame, level: str, count: int
) -> None:
    assert len(of_level(areas, level)) == count


def test_area_codes_are_sorted_and_unique(areas: pd.DataFrame) -> None:
    assert areas["area_code"].is_unique
    assert areas["area_code"].is_monotonic_increasing


@pytest.mark.parametrize("column", ["area_name", "code_name"])
def test_every_area_has_a_name(areas: pd.DataFrame, column: str) -> None:
    assert (areas[column].str.strip().str.len() > 0).all()


def test_levels_are_known_and_in_order(areas: pd.DataFrame) -> None:
    order = list(LEVELS)
    for levels in areas["levels"].unique():
        ranks = [order.index(level) for level in levels.split(";")]
        assert ranks == sorted(ranks)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("E06000019", "Herefordshire"),
        (COMBINED_AUTHORITY, "West Midlands Combined Authority"),
        (REGION, "West Midlands"),
        ("E02002074", None),
    ],
)
def test_areas_have_the_names_that_people_use(
    areas: pd.DataFrame, code: str, name: str | None
) -> None:
    row = areas.set_index("area_code").loc[code]

    if name is None:
        # An MSOA bears its Commons Library name, never "Sandwell 032".
        assert row["area_name"] != row["code_name"]
    else:
        assert row["area_name"] == name


def test_residents_of_the_districts_are_the_regions(areas: pd.DataFrame) -> None:
    """ONS, "Population and household estimates, England and Wales: Census 2021",
    28 June 2022, gives the West Midlands 5,950,800, rounded to hundreds. TS001 cells
    are perturbed by a few people, so districts and region differ by single persons.
    """
    districts = of_level(areas[areas["in_region"]], "lad24")["residents"].sum()
    region = areas.set_index("area_code").loc[REGION, "residents"]

    assert abs(districts - region) < 10
    assert round(districts, -2) == round(region, -2) == 5_950_800


def test_residents_of_the_neighbourhoods_are_nearly_the_regions(
    areas: pd.DataFrame,
) -> None:
    neighbourhoods = of_level(areas, "lsoa21")["residents"]

    assert neighbourhoods.notna().all()
    assert abs(neighbourhoods.sum() - 5_950_757) < 50


def test_residents_of_england_are_as_published(areas: pd.DataFrame) -> None:
    """ONS, the same release: England 56,489,800 (first results, rounded).

    TS001 sums to 56,490,048 (perturbed counts).
    """
    england = areas.set_index("area_code").loc[ENGLAND, "residents"]

    assert england == pytest.approx(56_489_800, abs=500)


@pytest.mark.parametrize("level", ["lad24", "utla", "subregion", "itl3", "itl2"])
def test_areas_of_a_level_cover_the_region_once(
    areas: pd.DataFrame, level: str
) -> None:
    rows = of_level(areas[areas["in_region"]], level)
    region = areas.set_index("area_code").loc[REGION]

    assert rows["area_km2"].sum() == pytest.approx(region["area_km2"])
    assert rows["residents"].sum() == pytest.approx(region["residents"], abs=10)


def test_wards_cover_the_region_once(areas: pd.DataFrame) -> None:
    wards = of_level(areas, "ward25")
    region = areas.set_index("area_code").loc[REGION, "area_km2"]

    assert wards["area_km2"].sum() == pytest.approx(region, rel=1e-3)


@pytest.mark.parametrize(
    ("constituency", "district"),
    [
        ("E14001150", "E07000192"),
        ("E14001597", "E07000237"),
        ("E14001601", "E07000239"),
        ("E14001138", "E07000234"),
    ],
)
def test_constituency_that_is_a_district_is_as_large(
    areas: pd.DataFrame, constituency: str, district: str
) -> None:
    """The 2023 Review (Boundary Commission for England) made Cannock Chase,
    Worcester, Wyre Forest and Bromsgrove of exactly the districts of these names.
    """
    table = areas.set_index("area_code")

    seat, same = table.loc[constituency], table.loc[district]
    assert seat["area_km2"] == pytest.approx(same["area_km2"], rel=1e-6)
    assert seat["residents"] == pytest.approx(same["residents"], abs=20)
