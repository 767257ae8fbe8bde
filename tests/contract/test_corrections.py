"""The shipped corrections: they fit the shipped sources, and say what is true."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import pytest

from lpipgeo.build.rules.corrections import check_corrections
from lpipgeo.build.sources import Sources, open_sources, read_csv, read_parquet
from lpipgeo.corrections import Correction, read_corrections
from lpipgeo.paths import PROJECT

CORRECTIONS = read_corrections(PROJECT / "data")
LIBRARIES = "culture/libraries_2023_wm.csv"
SITES = "desnz_repd/repd_q1_2024_wm.csv"
POSTCODES = "geography/lookups/postcodes_wm_codepoint_open.parquet"
# As exact as a longitude or latitude with six decimals is.
DEGREES = 1e-6


@pytest.fixture(scope="module")
def sources(sources_dir: Path, data_dir: Path) -> Sources:
    return open_sources(sources_dir, data_dir)


def name(correction: Correction) -> str:
    return " ".join([Path(correction.file).stem, *map(str, correction.where.values())])


def test_corrections_are_of_files_that_the_data_are_made_from(data_dir: Path) -> None:
    assert check_corrections(data_dir) == []


@pytest.mark.parametrize("correction", CORRECTIONS, ids=name)
def test_correction_fits_its_file(correction: Correction, sources: Sources) -> None:
    """Reading the file is the test: the guard stands in it."""
    file, columns = correction.file, correction.columns
    if file.endswith(".csv"):
        table = read_csv(sources, file, columns)
    else:
        table = sources.correct(file, gpd.read_file(sources.path(file)))
    assert set(columns) <= set(table.columns)


@pytest.fixture(scope="module")
def places(sources: Sources) -> pd.DataFrame:
    """Libraries with corrections beside their postcodes."""
    columns = ["Name", "Postcode", "Easting", "Northing", "Longitude", "Latitude"]
    table = read_csv(sources, LIBRARIES, [*columns, "LSOA21CD"])
    names = [c.where["Name"] for c in CORRECTIONS if c.file == LIBRARIES]
    postcodes = read_parquet(sources, POSTCODES).rename(columns=str.lower)
    table = table.loc[table["Name"].isin(names)]
    return table.merge(postcodes, left_on="Postcode", right_on="postcode")


def test_corrected_libraries_stand_at_their_postcode(places: pd.DataFrame) -> None:
    assert len(places) == 4
    assert places["Easting"].to_list() == places["easting"].to_list()
    assert places["Northing"].to_list() == places["northing"].to_list()
    assert places["LSOA21CD"].to_list() == places["lsoa21cd_derived"].to_list()


def test_places_of_corrected_libraries_are_the_same_in_degrees(
    places: pd.DataFrame,
) -> None:
    to_degrees = pyproj.Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)
    longitude, latitude = to_degrees.transform(places["Easting"], places["Northing"])
    np.testing.assert_allclose(places["Longitude"], longitude, atol=DEGREES)
    np.testing.assert_allclose(places["Latitude"], latitude, atol=DEGREES)


def test_corrected_solar_farm_stands_in_the_district_that_plans_it(
    sources: Sources, data_dir: Path
) -> None:
    """So the figures of districts are the same with and without the correction."""
    (change,) = (c for c in CORRECTIONS if c.file == SITES)
    postcodes = read_parquet(sources, POSTCODES).set_index("postcode")
    row = postcodes.loc[change.where["Post Code"]]
    assert list(change.corrected.values()) == [row["easting"], row["northing"]]
    areas = pd.read_parquet(data_dir / "areas/areas.parquet").set_index("area_code")
    assert areas.loc[row["lad_cd"], "area_name"] == "North Warwickshire"


def test_oswestry_is_on_the_map_in_english(data_dir: Path) -> None:
    places = pd.read_parquet(data_dir / "areas/places.parquet")
    assert "Oswestry" in set(places.loc[places["kind"] == "town", "name"])
