"""The committed postcodes and places: each leads to the area that people mean."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tests.contract.area_levels import COUNTS, of_level


def test_postcodes_name_neighbourhoods_and_wards(
    data_dir: Path, areas: pd.DataFrame
) -> None:
    table = pd.read_parquet(data_dir / "areas/postcodes.parquet")

    assert len(table) == 145_697
    assert table["postcode"].is_unique
    assert table["postcode"].is_monotonic_increasing
    assert table["postcode"].str.fullmatch("[A-Z0-9]{5,7}").all()
    for level in ("lsoa21", "ward25"):
        assert set(table[level]) <= set(of_level(areas, level)["area_code"])


def test_known_postcode_is_where_people_find_it(
    data_dir: Path, areas: pd.DataFrame, parents: pd.DataFrame
) -> None:
    """B1 1BB is Birmingham's Council House, in Ladywood ward."""
    table = pd.read_parquet(data_dir / "areas/postcodes.parquet").set_index("postcode")
    upper = parents.set_index(["area_code", "parent_level"])["parent_code"]

    row = table.loc["B11BB"]

    assert upper[(row["lsoa21"], "lad24")] == "E08000025"
    assert areas.set_index("area_code").loc[row["ward25"], "area_name"] == "Ladywood"


def test_places_begin_with_the_cities(data_dir: Path) -> None:
    places = pd.read_parquet(data_dir / "areas/places.parquet")

    first = places[places["rank"] == 1]["name"]
    assert {"Birmingham", "Coventry", "Stoke-on-Trent", "Wolverhampton"} == set(first)
    assert (places["kind"] == "msoa").sum() == COUNTS["msoa21"]
    assert places["rank"].is_monotonic_increasing
