"""The committed boundaries: valid, nested, registered, and one for every area."""

from __future__ import annotations

import gzip
import hashlib
import tomllib
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely.geometry import Point

from lpipgeo.build.geography.polygons import to_lattice
from tests.contract.area_levels import COUNTS, NESTED, of_level
from tests.topojson_reading import read_topojson

# Constituencies are drawn as the neighbourhoods that fit them best.
DISSOLVED = (*NESTED, "pcon24")
# About a hundredth of a square metre.
NEGLIGIBLE_DEGREES2 = 1e-12


@pytest.fixture(scope="module")
def register(data_dir: Path) -> dict[str, dict[str, Any]]:
    text = (data_dir / "boundaries/boundaries.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@pytest.fixture(scope="module")
def boundaries(
    data_dir: Path, register: dict[str, dict[str, Any]]
) -> dict[str, gpd.GeoDataFrame]:
    return {
        level: gpd.read_parquet(data_dir / "boundaries" / entry["geoparquet"])
        for level, entry in register.items()
        if "geoparquet" in entry
    }


@pytest.mark.parametrize("level", COUNTS)
def test_point_of_an_area_lies_inside_it(
    areas: pd.DataFrame, boundaries: dict[str, gpd.GeoDataFrame], level: str
) -> None:
    polygons = boundaries[level].set_index("area_code").geometry
    rows = areas.set_index("area_code").loc[polygons.index]
    points = gpd.points_from_xy(rows["lon"], rows["lat"])

    assert shapely.intersects(polygons.values, points).all()


@pytest.mark.parametrize(("level", "count"), COUNTS.items())
def test_every_area_has_one_polygon(
    areas: pd.DataFrame,
    boundaries: dict[str, gpd.GeoDataFrame],
    level: str,
    count: int,
) -> None:
    codes = boundaries[level]["area_code"]

    assert len(codes) == count
    in_region = areas[areas["in_region"]]
    assert list(codes) == list(of_level(in_region, level)["area_code"])


@pytest.mark.parametrize("level", COUNTS)
def test_polygons_are_valid_and_do_not_overlap(
    boundaries: dict[str, gpd.GeoDataFrame], level: str
) -> None:
    table = boundaries[level]

    assert table.crs.to_epsg() == 4326
    assert table.geometry.is_valid.all()
    assert not table.geometry.is_empty.any()
    assert shapely.coverage_is_valid(table.geometry.values)


@pytest.mark.parametrize("level", DISSOLVED)
def test_larger_area_is_exactly_its_neighbourhoods(
    boundaries: dict[str, gpd.GeoDataFrame], parents: pd.DataFrame, level: str
) -> None:
    rows = parents[(parents["level"] == "lsoa21") & (parents["parent_level"] == level)]
    parent_of = rows.set_index("area_code")["parent_code"]
    lsoas = boundaries["lsoa21"]
    # They do not overlap, as tested above, so their outlines need only be joined.
    merged = lsoas.dissolve(lsoas["area_code"].map(parent_of), method="coverage")
    unions = merged.geometry
    polygons = boundaries[level].set_index("area_code").geometry

    differences = shapely.symmetric_difference(
        polygons.values, unions.reindex(polygons.index).values
    )

    assert shapely.area(differences).max() < NEGLIGIBLE_DEGREES2


@pytest.mark.parametrize("level", DISSOLVED)
def test_edges_of_larger_areas_are_edges_of_neighbourhoods(
    boundaries: dict[str, gpd.GeoDataFrame], level: str
) -> None:
    larger = shapely.get_coordinates(boundaries[level].geometry.values)
    smaller = shapely.get_coordinates(boundaries["lsoa21"].geometry.values)

    assert set(map(tuple, larger)) <= set(map(tuple, smaller))


@pytest.mark.parametrize("level", DISSOLVED)
def test_who_clicks_a_neighbourhood_finds_its_larger_area(
    boundaries: dict[str, gpd.GeoDataFrame], parents: pd.DataFrame, level: str
) -> None:
    """No point is in no area, or in another than the neighbourhood's own."""
    lsoas = boundaries["lsoa21"]
    points = gpd.GeoDataFrame(
        {"area_code": lsoas["area_code"]},
        geometry=lsoas.geometry.representative_point(),
    )
    hits = points.sjoin(boundaries[level].rename(columns={"area_code": "larger"}))
    rows = parents[(parents["level"] == "lsoa21") & (parents["parent_level"] == level)]

    found = hits.sort_values("area_code")[["area_code", "larger"]].to_numpy().tolist()

    assert found == rows[["area_code", "parent_code"]].to_numpy().tolist()


def test_constituencies_are_said_to_be_drawn_by_best_fit(
    register: dict[str, dict[str, Any]],
) -> None:
    assert {level for level, entry in register.items() if "note" in entry} == {"pcon24"}
    assert "best fit of neighbourhoods" in register["pcon24"]["note"]


@pytest.mark.parametrize("level", COUNTS)
def test_browser_and_library_draw_the_same_polygons(
    data_dir: Path,
    register: dict[str, dict[str, Any]],
    boundaries: dict[str, gpd.GeoDataFrame],
    level: str,
) -> None:
    content = (data_dir / "boundaries" / register[level]["file"]).read_bytes()

    drawn = read_topojson(content)

    table = boundaries[level]
    assert drawn["area_code"].tolist() == table["area_code"].tolist()
    # On the lattice, because a vertex in the middle of a straight line may be left out.
    there, here = (
        shapely.transform(np.asarray(polygons.geometry.values), to_lattice)
        for polygons in (drawn, table)
    )
    assert shapely.equals(there, here).all()


def test_register_names_all_files_and_no_others(
    data_dir: Path, register: dict[str, dict[str, Any]]
) -> None:
    folder = data_dir / "boundaries"
    named = {entry["file"] for entry in register.values()}
    named |= {
        entry["geoparquet"] for entry in register.values() if "geoparquet" in entry
    }

    found = {path.name for path in folder.iterdir()} - {"boundaries.toml"}
    assert found == named


def test_file_names_hold_the_hash_of_their_content(
    data_dir: Path, register: dict[str, dict[str, Any]]
) -> None:
    for level, entry in register.items():
        content = (data_dir / "boundaries" / entry["file"]).read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        assert entry["sha256"] == digest
        stem = f"{level}_{entry['vintage']}"
        assert entry["file"] == f"{stem}.{digest[:10]}.topo.json"


def test_register_says_whose_boundaries_they_are(
    register: dict[str, dict[str, Any]],
) -> None:
    hexagons = {"msoa21_hex", "lad24_hex", "subregion_hex"}
    assert set(register) == {*COUNTS, *hexagons, "context"}
    for level, entry in register.items():
        is_library = level in hexagons  # drawn by the House of Commons Library
        assert ("Parliament" if is_library else "Government") in entry["licence"]
        crown = "Parliamentary" if is_library else "Crown copyright"
        assert crown in entry["attribution"]
        assert entry["source_title"]


def test_context_lies_around_the_region(
    data_dir: Path,
    areas: pd.DataFrame,
    register: dict[str, dict[str, Any]],
    boundaries: dict[str, gpd.GeoDataFrame],
) -> None:
    content = (data_dir / "boundaries" / register["context"]["file"]).read_bytes()

    context = read_topojson(content)

    outside = areas[~areas["in_region"]]
    assert set(context["area_code"]) <= set(of_level(outside, "lad24")["area_code"])
    # Two generalisations of one border differ by slivers only.
    region = boundaries["rgn"].geometry[0]
    assert context.union_all().intersection(region).area < 0.005 * region.area
    assert len(content) < 100_000
    # A district far out is whole: Wiltshire has 3,255 km² (ONS, as Wikipedia has it).
    wiltshire = context[context["area_code"] == "E06000054"].to_crs(27700)
    assert wiltshire.area.sum() / 1e6 == pytest.approx(3_255, rel=0.01)


def test_neighbourhoods_stay_within_their_budget(
    data_dir: Path, register: dict[str, dict[str, Any]]
) -> None:
    content = (data_dir / "boundaries" / register["lsoa21"]["file"]).read_bytes()

    assert len(content) <= 1_600_000
    assert len(gzip.compress(content)) <= 500_000


def test_birmingham_holds_its_council_house(
    boundaries: dict[str, gpd.GeoDataFrame],
) -> None:
    """Victoria Square, 52.4797 N, 1.9027 W: lon and lat are not swapped."""
    polygons = boundaries["lad24"].set_index("area_code").geometry

    holding = polygons[polygons.contains(Point(-1.9027, 52.4797))]

    assert list(holding.index) == ["E08000025"]
