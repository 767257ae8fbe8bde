"""Distances to the nearest library, and grants for the arts."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from lpipgeo.build.frame import Frame
from lpipgeo.build.readers import arts_grants, libraries
from lpipgeo.errors import SourceError
from tests.build_factories import DISTRICT_ABROAD, OLD_DISTRICTS, ONE, TWO, as_parquet
from tests.factories import WEST
from tests.unit.reading import read

LIBRARY_FILES = {
    "geography/lookups/lsoa21_postcode_mean_centroid_wm.csv": (
        f"lsoa21cd,easting,northing,n_postcodes\n{ONE},0,0,9\n{TWO},3000,4000,9\n"
    ).encode(),
    "geography/lookups/postcodes_wm_codepoint_open.parquet": as_parquet(
        {"postcode": ["B1 1AA"], "easting": [3000], "northing": [0]}
    ),
}
OPEN = "Static Library,LA"


def nearest_library(folder: Path, frame: Frame, *lines: str) -> pd.Series[float]:
    """Return distances; a line is: type, operation, postcode, easting, northing."""
    text = "Name,Type,Operation in 2023,Postcode,Easting,Northing\n"
    text += "".join(f"Library {i},{line}\n" for i, line in enumerate(lines))
    contents = {**LIBRARY_FILES, "culture/libraries_2023_wm.csv": text.encode()}
    return read(libraries.read, folder, frame, contents)["value"]


def test_distance_to_the_nearest_library_is_in_km(tmp_path: Path, frame: Frame) -> None:
    lines = (f"{OPEN},B9 9ZZ,0,0", f"{OPEN},B9 9ZZ,0,60000")
    assert nearest_library(tmp_path, frame, *lines).to_dict() == {ONE: 0, TWO: 5}


@pytest.mark.parametrize(
    "shut", ["Static Library,", "Mobile Library,LA", "Prison Library,LA", "Archive,LA"]
)
def test_only_open_static_libraries_count(
    tmp_path: Path, frame: Frame, shut: str
) -> None:
    lines = (f"{shut},B9 9ZZ,0,0", f"{OPEN},B9 9ZZ,0,2000")
    assert nearest_library(tmp_path, frame, *lines)[ONE] == 2


def test_libraries_run_by_the_community_count(tmp_path: Path, frame: Frame) -> None:
    found = nearest_library(tmp_path, frame, "Static Library,C,B9 9ZZ,0,0")
    assert found[ONE] == 0


def test_libraries_far_from_their_postcode_stop_the_build(
    tmp_path: Path, frame: Frame
) -> None:
    """As Erdington Library, which the source places in Handsworth."""
    lines = (f"{OPEN},b11aa,0,0", f"{OPEN},B1 1AA,3000,9", f"{OPEN},B1 1AA,3000,1009")
    with pytest.raises(SourceError) as caught:
        nearest_library(tmp_path, frame, *lines)
    assert [problem.found for problem in caught.value.problems] == [
        "Library 0 3.0 km from b11aa",
        "Library 2 1.0 km from B1 1AA",
    ]
    assert all("corrections.toml" in p.hint for p in caught.value.problems)


def test_library_near_its_postcode_stays(tmp_path: Path, frame: Frame) -> None:
    assert nearest_library(tmp_path, frame, f"{OPEN},B1 1AA,2100,0")[ONE] == 2.1


@pytest.mark.parametrize(
    "line", [f"{OPEN},B9 9ZZ,,", f"{OPEN},B1 1AA,,", "Static Library,,B1 1AA,0,0"]
)
def test_library_without_any_place_stops_the_build(
    tmp_path: Path, frame: Frame, line: str
) -> None:
    with pytest.raises(SourceError, match="cannot be placed"):
        nearest_library(tmp_path, frame, line)


def grants(folder: Path, frame: Frame, *lines: str) -> pd.DataFrame:
    text = "la_code,local_authority,population,count_total,sum_total,"
    text += "sum_total_per_capita\n" + "\n".join(lines) + "\n"
    contents = {"culture/ace_project_grants_lad21.csv": text.encode()}
    return read(arts_grants.read, folder, frame, contents)


def test_no_grants_at_all_is_zero_where_the_source_says_so(
    tmp_path: Path, frame: Frame
) -> None:
    """As for Cannock Chase: no count, no sum, and 0 per head."""
    row = grants(tmp_path, frame, f"{WEST},A,200,,,0").loc[WEST]
    assert row[["value", "numerator", "denominator", "status"]].to_list() == [
        0,
        0,
        200,
        "published",
    ]


def test_blank_sum_alone_is_not_zero(tmp_path: Path, frame: Frame) -> None:
    with pytest.raises(SourceError, match="missing"):
        grants(tmp_path, frame, f"{WEST},A,200,,,2")


def test_grants_of_merged_districts_are_added_up(tmp_path: Path, frame: Frame) -> None:
    first, second = OLD_DISTRICTS
    lines = (f"{first},A,100,1,100,1.00", f"{second},B,300,1,900,3.00")
    row = grants(tmp_path, frame, *lines).loc[DISTRICT_ABROAD]
    assert row[["value", "status"]].to_list() == [2.5, "aggregated"]


def test_grants_of_other_nations_are_left_out(tmp_path: Path, frame: Frame) -> None:
    lines = (f"{WEST},A,200,1,400,2.00", "S12000033,Aberdeen,200,,,0")
    assert list(grants(tmp_path, frame, *lines).index) == [WEST]
