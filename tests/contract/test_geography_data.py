"""The committed geography: complete, nested, valid, and in step with itself."""

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
from lpipgeo.levels import COMBINED_AUTHORITY, ENGLAND, LEVELS, REGION
from tests.topojson_reading import read_topojson

COUNTS = {
    "lsoa21": 3574,
    "msoa21": 736,
    "ward25": 754,
    "lad24": 30,
    "utla": 14,
    "subregion": 6,
    "cauth": 1,
    "rgn": 1,
    "pcon24": 57,
    "itl3": 14,
    "itl2": 3,
}
NESTED = ("msoa21", "lad24", "utla", "subregion", "cauth", "rgn", "itl3", "itl2")
LSOA_PARENTS = (*NESTED, "ward25", "pcon24")
# Constituencies are drawn as the neighbourhoods that fit them best.
DISSOLVED = (*NESTED, "pcon24")
# About a hundredth of a square metre.
NEGLIGIBLE_DEGREES2 = 1e-12


@pytest.fixture(scope="module")
def successors(data_dir: Path) -> pd.DataFrame:
    return pd.read_parquet(data_dir / "areas/successors.parquet")


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


def of_level(areas: pd.DataFrame, level: str) -> pd.DataFrame:
    return areas[areas["levels"].str.split(";").map(lambda levels: level in levels)]


# --- areas ------------------------------------------------------------------------


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


@pytest.mark.parametrize("level", COUNTS)
def test_point_of_an_area_lies_inside_it(
    areas: pd.DataFrame, boundaries: dict[str, gpd.GeoDataFrame], level: str
) -> None:
    polygons = boundaries[level].set_index("area_code").geometry
    rows = areas.set_index("area_code").loc[polygons.index]
    points = gpd.points_from_xy(rows["lon"], rows["lat"])

    assert shapely.intersects(polygons.values, points).all()


# --- hierarchy --------------------------------------------------------------------


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


# --- boundaries -------------------------------------------------------------------


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
