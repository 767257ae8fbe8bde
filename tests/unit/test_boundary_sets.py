"""Boundaries: one row per drawn area, and a kind word where there are none."""

from __future__ import annotations

import shutil

import pytest
from geopandas.testing import assert_geodataframe_equal

import lpipgeo
from lpipgeo.area_index import read_areas
from lpipgeo.boundary_sets import find_boundary_set, read_boundaries, read_register
from lpipgeo.errors import BoundaryError, DataMissingError, UnknownLevelError
from lpipgeo.levels import MAPPED_LEVELS
from tests import factories


@pytest.mark.parametrize("level", MAPPED_LEVELS)
def test_every_mapped_level_has_the_shapes_of_its_areas(level):
    shapes = read_boundaries(level)
    assert shapes.crs.to_epsg() == 4326
    assert shapes["area_code"].tolist() == read_areas().codes(level)


def test_shapes_are_read_as_they_were_written(tiny_data):
    assert_geodataframe_equal(
        lpipgeo.boundaries("lad24", tiny_data), factories.make_boundaries("lad24")
    )


def test_shapes_lie_within_the_registered_box():
    box = find_boundary_set("lad24").bbox
    west, south, east, north = read_boundaries("lad24").total_bounds
    assert (west, south, east, north) == pytest.approx(box, abs=1e-4)


def test_level_without_shapes_is_refused():
    with pytest.raises(UnknownLevelError, match="It has no boundaries"):
        read_boundaries("ctry")


def test_quiet_background_is_not_a_level_to_analyse():
    with pytest.raises(UnknownLevelError, match="drawn in the browser only"):
        read_boundaries("context")


def test_broken_register_is_said(tiny_data, tmp_path):
    folder = shutil.copytree(tiny_data, tmp_path / "data")
    (folder / "boundaries/boundaries.toml").write_text("[lsoa21]\nlevel = 'lsoa21'\n")
    with pytest.raises(BoundaryError, match="one complete table per level"):
        read_register(folder)


def test_missing_shapes_are_said(tiny_data, tmp_path):
    folder = shutil.copytree(tiny_data, tmp_path / "data")
    (folder / "boundaries/lad24_2021.parquet").unlink()
    with pytest.raises(DataMissingError, match=r"lad24_2021\.parquet"):
        read_boundaries("lad24", folder)
