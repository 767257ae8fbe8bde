"""Which larger areas every area lies in, and on what basis."""

from __future__ import annotations

import pandas as pd
import pytest

from lpipgeo.build.geography.hierarchy import make_members, make_parents
from tests.unit.geography_inputs import LSOAS, codes_of

WARDS = {"L1": "W1", "L2": "W1", "L3": "W2"}


def parents_with(subregion_of_d2: str) -> pd.DataFrame:
    subregions = pd.DataFrame(
        {"lad24_code": ["D1", "D2"], "subregion_code": ["S1", subregion_of_d2]}
    )
    members = make_members(LSOAS, subregions, codes_of(dict(WARDS)))
    district_of_ward = codes_of({"W1": "D1", "W2": "D2", "W3": "D2"})
    region_of_district = codes_of({"D1": "R1", "D2": "R1", "D9": "R9"})
    return make_parents(members, district_of_ward, region_of_district)


def parents_of(table: pd.DataFrame, code: str) -> dict[str, str]:
    rows = table[table["area_code"] == code]
    return dict(zip(rows["parent_level"], rows["parent_code"], strict=True))


def test_every_area_has_at_most_one_parent_of_a_level() -> None:
    table = parents_with("S2")

    assert not table.duplicated(["area_code", "parent_level"]).any()


def test_ward_without_neighbourhoods_has_larger_areas_too() -> None:
    expected = {"lad24": "D2", "utla": "U1", "cauth": "C1", "rgn": "R1"}

    assert parents_of(parents_with("S1"), "W3") == {**expected, "subregion": "S1"}


def test_area_outside_the_combined_authority_has_no_such_parent() -> None:
    assert "cauth" not in parents_of(parents_with("S1"), "L1")


def test_district_outside_the_region_knows_its_region_only() -> None:
    table = parents_with("S1")

    assert parents_of(table, "D9") == {"rgn": "R9"}
    assert parents_of(table, "R9") == {"ctry": "E92000001"}


@pytest.mark.parametrize(("subregion", "has_parent"), [("S1", True), ("S2", False)])
def test_county_divided_between_sub_regions_lies_in_none(
    subregion: str, has_parent: bool
) -> None:
    assert ("subregion" in parents_of(parents_with(subregion), "U1")) is has_parent


@pytest.mark.parametrize(
    ("level", "basis"),
    [
        ("ward25", "best_fit"),
        ("pcon24", "population_overlap"),
        ("msoa21", "exact"),
        ("lad24", "exact"),
    ],
)
def test_basis_says_whether_a_neighbourhood_nests(level: str, basis: str) -> None:
    table = parents_with("S1").set_index(["area_code", "parent_level"])

    assert table.loc[("L1", level), "basis"] == basis
