"""Sites of renewable energy: which count, and in which district they lie."""

from __future__ import annotations

import io
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from lpipgeo.build.frame import Frame
from lpipgeo.build.readers import renewable_sites
from lpipgeo.build.sources import Sources
from lpipgeo.errors import SourceError
from lpipgeo.levels import REGION
from tests.build_factories import FIVE, FOUR, ONE, SIX, THREE, TWO, write_sources
from tests.factories import EAST, SUBREGION, WEST, make_indicator

SITES = "desnz_repd/repd_q1_2024_wm.csv"
POLYGONS = "geography/boundaries/lsoa21.parquet"


def read_renewables(folder: Path, frame: Frame, *lines: str) -> pd.DataFrame:
    """Read lines of: name, technology, stage, capacity, x, y.

    Six squares of 1 km lie in a row from (400000, 300000): `ONE` to `SIX`.
    """
    header = (
        "Site Name,Technology Type,Development Status (short),"
        "Installed Capacity (MWelec),X-coordinate,Y-coordinate\n"
    )
    text = header + "\n".join(lines) + "\n"
    squares = gpd.GeoDataFrame(
        {"LSOA21CD": [ONE, TWO, THREE, FOUR, FIVE, SIX]},
        geometry=[
            shapely.box(x, 300_000, x + 1_000, 301_000)
            for x in range(400_000, 406_000, 1_000)
        ],
        crs="EPSG:27700",
    ).to_crs("EPSG:4326")
    body = io.BytesIO()
    squares.to_parquet(body)
    contents = {SITES: text.encode(), POLYGONS: body.getvalue()}
    record = make_indicator(
        value_type="count",
        aggregation="sum",
        multiplier=1,
        finest_level="lad24",
        build={"reader": "renewable_sites", "without": ["Battery"]},
    )
    sources = Sources(write_sources(folder, contents))
    return renewable_sites.read(record, sources, frame).set_index("area_code")


WIND_WEST = "Hill,Wind,Operational,3,400500,300500"
SUN_EAST = "Field,Solar,Operational,2,405500,300500"


def test_sites_in_use_are_added_up_by_district(tmp_path: Path, frame: Frame) -> None:
    lines = (WIND_WEST, SUN_EAST, "Roof,Solar,Operational,0.5,405100,300100")
    found = read_renewables(tmp_path, frame, *lines)["value"]
    assert found[[WEST, EAST, SUBREGION, REGION]].to_list() == [3, 2.5, 5.5, 5.5]


def test_planned_sites_and_batteries_are_not_counted(
    tmp_path: Path, frame: Frame
) -> None:
    lines = (
        WIND_WEST,
        "Plan,Solar,Application Submitted,50,405500,300500",
        "Box,Battery,Operational,50,405500,300500",
    )
    found = read_renewables(tmp_path, frame, *lines)
    assert EAST not in found.index
    assert found.loc[REGION, "value"] == 3


def test_sites_without_a_capacity_are_left_out_and_are_not_nought(
    tmp_path: Path, frame: Frame
) -> None:
    found = read_renewables(
        tmp_path, frame, WIND_WEST, "School,Solar,Operational,,405500,300500"
    )
    assert EAST not in found.index
    assert found.loc[REGION, "value"] == 3


def test_coordinates_that_begin_with_a_tab_are_read(
    tmp_path: Path, frame: Frame
) -> None:
    found = read_renewables(
        tmp_path, frame, WIND_WEST, "Shed,Solar,Operational,2,\t405500,\t300500"
    )
    assert found.loc[EAST, "value"] == 2


def test_sites_outside_the_region_stop_the_build(tmp_path: Path, frame: Frame) -> None:
    with pytest.raises(SourceError, match="Far"):
        read_renewables(tmp_path, frame, "Far,Solar,Operational,2,100000,100000")
