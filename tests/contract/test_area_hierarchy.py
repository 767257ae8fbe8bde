"""The committed hierarchy: one parent of a level, and successors of old areas."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from lpipgeo.levels import COMBINED_AUTHORITY, LEVELS
from tests.contract.area_levels import NESTED, of_level

LSOA_PARENTS = (*NESTED, "ward25", "pcon24")


@pytest.fixture(scope="module")
def successors(data_dir: Path) -> pd.DataFrame:
    return pd.read_parquet(data_dir / "areas/successors.parquet")


def test_parents_have_one_row_per_area_and_level(parents: pd.DataFrame) -> None:
    assert not parents.duplicated(["area_code", "parent_level"]).any()


@pytest.mark.parametrize("level", [level for level in LSOA_PARENTS if level != "cauth"])
def test_every_neighbourhood_has_one_parent_of_a_level(
    areas: pd.DataFrame, parents: pd.DataFrame, level: str
) -> None:
    rows = parents[(parents["level"] == "lsoa21") & (parents["parent_level"] == level)]

    assert sorted(rows["area_code"]) == list(of_level(areas, "lsoa21")["area_code"])


def test_parents_are_areas_of_the_level_they_are_said_to_be(
    areas: pd.DataFrame, parents: pd.DataFrame
) -> None:
    for column, level_column in (
        ("area_code", "level"),
        ("parent_code", "parent_level"),
    ):
        for level, rows in parents.groupby(level_column):
            assert set(rows[column]) <= set(of_level(areas, str(level))["area_code"])


@pytest.mark.parametrize("level", ["msoa21", "ward25", "lad24", "utla", "subregion"])
def test_parents_of_parents_are_parents(parents: pd.DataFrame, level: str) -> None:
    lsoas = parents[parents["level"] == "lsoa21"]
    direct = lsoas.pivot(
        index="area_code", columns="parent_level", values="parent_code"
    )
    upper = parents.set_index(["area_code", "parent_level"])["parent_code"]
    for higher in ("lad24", "utla", "subregion", "rgn"):
        if list(LEVELS).index(higher) <= list(LEVELS).index(level):
            continue
        keys = pd.MultiIndex.from_arrays([direct[level], [higher] * len(direct)])
        assert upper.reindex(keys).tolist() == direct[higher].tolist()


def test_combined_authority_holds_seven_metropolitan_boroughs(
    parents: pd.DataFrame,
) -> None:
    rows = parents[
        (parents["level"] == "lad24") & (parents["parent_code"] == COMBINED_AUTHORITY)
    ]

    assert sorted(rows["area_code"]) == [f"E080000{n}" for n in range(25, 32)]


def test_no_current_area_has_successors(
    areas: pd.DataFrame, successors: pd.DataFrame
) -> None:
    assert not set(successors["old_code"]) & set(areas["area_code"])


def test_successors_are_todays_areas(
    areas: pd.DataFrame, successors: pd.DataFrame
) -> None:
    assert set(successors["new_code"]) <= set(areas["area_code"])


def test_shares_of_an_old_area_add_up_to_one(successors: pd.DataFrame) -> None:
    sums = successors.groupby("old_code")["share"].sum(min_count=1)

    assert sums.to_numpy() == pytest.approx(1.0)
