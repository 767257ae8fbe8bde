from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely.geometry import MultiPolygon, Point, Polygon, box

from lpipgeo.build.geography.agreement import check_agreement
from lpipgeo.build.geography.areas import residents_of_districts
from lpipgeo.build.geography.hexagons import make_hexagons
from lpipgeo.build.geography.hierarchy import make_members, make_parents
from lpipgeo.build.geography.inputs import (
    AREA_CLASSES,
    CLUSTERS,
    NEIGHBOURS,
    Inputs,
    read_inputs,
)
from lpipgeo.build.geography.names import (
    neighbourhood_names,
    plain_names,
    town_names,
)
from lpipgeo.build.geography.places import make_places
from lpipgeo.build.geography.polygons import (
    Coverage,
    dissolve,
    make_coverage,
    points_inside,
)
from lpipgeo.build.geography.successors import make_successors
from lpipgeo.build.geography.topology import encode_topojson
from lpipgeo.build.geography.wards import best_fit, district_of_wards, ward_of_points
from lpipgeo.build.sources import Sources
from lpipgeo.errors import BoundaryError, SourceError
from lpipgeo.tables import PEER_KINDS
from tests.topojson_reading import read_topojson

METRES = "EPSG:27700"
EAST, NORTH = 400_000, 280_000


def square(column: int, row: int, size: float = 1000) -> Polygon:
    west, south = EAST + column * size, NORTH + row * size
    return box(west, south, west + size, south + size)


def table_of(polygons: dict[str, Polygon | MultiPolygon]) -> gpd.GeoDataFrame:
    codes = {"area_code": list(polygons)}
    return gpd.GeoDataFrame(codes, geometry=list(polygons.values()), crs=METRES)


@pytest.fixture
def four_squares() -> gpd.GeoDataFrame:
    """Two by two: A and B below, C and D above."""
    return table_of(
        {"A": square(0, 0), "B": square(1, 0), "C": square(0, 1), "D": square(1, 1)}
    )


def codes_of(values: dict[str, str | None]) -> pd.Series[str]:
    return pd.Series(values, dtype="str")


# --- polygons ---------------------------------------------------------------------


def test_coverage_is_sorted_by_code_whatever_the_order_of_the_source(
    four_squares: gpd.GeoDataFrame,
) -> None:
    there = make_coverage(four_squares, 0, "squares")
    back = make_coverage(four_squares.iloc[::-1], 0, "squares")

    assert there.codes == ("A", "B", "C", "D")
    assert encode_topojson(there) == encode_topojson(back)


def test_coverage_lies_on_whole_numbers(four_squares: gpd.GeoDataFrame) -> None:
    coordinates = shapely.get_coordinates(
        make_coverage(four_squares, 0, "squares").polygons
    )

    assert (coordinates == coordinates.round()).all()


def test_simplified_neighbours_still_share_every_edge() -> None:
    jagged = [(EAST + 1000 + (i % 2) * 12, NORTH + i * 50) for i in range(21)]
    west = Polygon([(EAST, NORTH), *jagged, (EAST, NORTH + 1000)])
    east = Polygon([(EAST + 2000, NORTH), *jagged, (EAST + 2000, NORTH + 1000)])

    coverage = make_coverage(table_of({"W": west, "E": east}), 60, "jagged")

    before = shapely.get_num_coordinates([west, east]).sum()
    assert shapely.get_num_coordinates(coverage.polygons).sum() < before
    assert shapely.coverage_is_valid(coverage.polygons)
    assert shapely.intersection(*coverage.polygons).area == 0


def hexagons_of(codes: str) -> gpd.GeoDataFrame:
    """Squares in units of their own that stand for hexagons."""
    shapes = [box(40 + i, 20, 41 + i, 21) for i in range(len(codes))]
    return gpd.GeoDataFrame({"area_code": list(codes)}, geometry=shapes)


def test_hexagons_fill_the_height_of_the_region_and_stay_regular() -> None:
    west, south, east, north = -3.0, 52.0, -1.0, 53.0
    made = make_hexagons(hexagons_of("BAC"), {"A", "B"}, (west, south, east, north))
    shapes = made.in_degrees().set_index("area_code").geometry

    assert made.codes == ("A", "B")
    assert shapes.total_bounds[[1, 3]] == pytest.approx([south, north])
    left, low, right, high = shapes["A"].bounds
    across = (right - left) * np.cos(np.radians(52.5))
    assert across == pytest.approx(high - low, rel=0.01)
    assert shapes["B"].bounds[2] == pytest.approx(left, abs=1e-4)


def test_msoa_without_a_hexagon_is_named() -> None:
    with pytest.raises(BoundaryError, match="E"):
        make_hexagons(hexagons_of("AB"), {"A", "E"}, (-3, 52, -1, 53))


def test_larger_area_is_exactly_the_union_of_its_parts(
    four_squares: gpd.GeoDataFrame,
) -> None:
    squares = make_coverage(four_squares, 0, "squares")

    joined = dissolve(squares, codes_of({"A": "P", "B": "P", "C": "Q", "D": "Q"}))

    assert joined.codes == ("P", "Q")
    union = shapely.union_all(squares.polygons[:2])
    assert shapely.symmetric_difference(joined.polygons[0], union).area == 0
    assert shapely.coverage_is_valid(joined.polygons)


def test_larger_area_of_parts_apart_is_a_multipolygon(
    four_squares: gpd.GeoDataFrame,
) -> None:
    squares = make_coverage(four_squares, 0, "squares")

    joined = dissolve(squares, codes_of({"A": "P", "B": None, "C": "Q", "D": "P"}))

    assert joined.codes == ("P", "Q")
    assert [polygon.geom_type for polygon in joined.polygons] == [
        "MultiPolygon",
        "Polygon",
    ]


def test_neck_narrower_than_the_lattice_stays_valid() -> None:
    # Two lobes of N, joined by a neck 0.2 m wide between S and T.
    low, high = NORTH + 500, NORTH + 500.2
    left = [(EAST, NORTH), (EAST + 400, NORTH), (EAST + 450, low)]
    right = [(EAST + 550, low), (EAST + 600, NORTH), (EAST + 1000, NORTH)]
    top_right = [(EAST + 1000, NORTH + 1000), (EAST + 600, NORTH + 1000)]
    top = [
        *top_right,
        (EAST + 550, high),
        (EAST + 450, high),
        (EAST + 400, NORTH + 1000),
    ]
    neck = Polygon([*left, *right, *top, (EAST, NORTH + 1000)])
    south = Polygon([left[1], left[2], right[0], right[1]])
    north = Polygon([top[1], top[2], top[3], top[4]])

    found = make_coverage(table_of({"N": neck, "S": south, "T": north}), 0, "neck")

    assert shapely.is_valid(found.polygons).all()
    assert shapely.coverage_is_valid(found.polygons)


def test_small_overlap_of_the_source_is_mended(
    four_squares: gpd.GeoDataFrame,
) -> None:
    shifted = four_squares.geometry.translate(xoff=-0.4)
    moved = four_squares["area_code"].isin(["B", "D"])
    table = four_squares.set_geometry(four_squares.geometry.where(~moved, shifted))

    found = make_coverage(table, 0, "squares")

    assert shapely.coverage_is_valid(found.polygons)
    assert shapely.intersection(found.polygons[0], found.polygons[1]).area == 0


def test_area_that_would_vanish_is_an_error_that_names_it() -> None:
    table = table_of({"A": square(0, 0), "Z": square(5, 5, 0.1)})

    with pytest.raises(BoundaryError) as raised:
        make_coverage(table, 0, "specks")

    assert [problem.field for problem in raised.value.problems] == ["Z"]


def test_point_of_a_ring_shaped_area_lies_in_it() -> None:
    ring = square(0, 0, 3000) - square(1, 1, 1000)
    found = make_coverage(table_of({"R": ring}), 0, "ring")

    point = points_inside(found).loc["R"]

    assert found.in_degrees().geometry[0].contains(Point(point["lon"], point["lat"]))


# --- TopoJSON ---------------------------------------------------------------------


def lattice(polygons: dict[str, Polygon | MultiPolygon]) -> Coverage:
    return make_coverage(table_of(polygons), 0, "shapes")


@pytest.mark.parametrize(
    "polygons",
    [
        {"A": square(0, 0), "B": square(1, 0)},
        {"A": square(0, 0, 3000) - square(1, 1, 1000), "B": square(1, 1, 1000)},
        {"A": MultiPolygon([square(0, 0), square(2, 0)]), "B": square(1, 0)},
        {"A": MultiPolygon([square(0, 0), square(1, 1)]), "B": square(3, 3)},
    ],
    ids=["neighbours", "hole", "exclave", "touching at a point"],
)
def test_topojson_gives_back_the_same_polygons(
    polygons: dict[str, Polygon | MultiPolygon],
) -> None:
    coverage = lattice(polygons)

    read = read_topojson(encode_topojson(coverage))

    assert list(read["area_code"]) == list(coverage.codes)
    same = read.geometry.geom_equals(coverage.in_degrees().geometry)
    assert same.tolist() == [True] * len(coverage.codes)


def test_shared_edge_is_stored_once() -> None:
    document = json.loads(
        encode_topojson(lattice({"A": square(0, 0), "B": square(1, 0)}))
    )

    used = [
        index if index >= 0 else ~index
        for item in document["objects"]["areas"]["geometries"]
        for ring in item["arcs"]
        for index in ring
    ]
    assert len(document["arcs"]) == 3
    assert sorted(used) == sorted([*range(3), max(set(used), key=used.count)])


def test_levels_share_one_transform(four_squares: gpd.GeoDataFrame) -> None:
    squares = make_coverage(four_squares, 0, "squares")
    part = dissolve(squares, codes_of({"A": "P", "B": None, "C": None, "D": None}))

    one, other = (json.loads(encode_topojson(level)) for level in (squares, part))

    assert one["transform"] == other["transform"]


def test_features_carry_their_code_and_nothing_else() -> None:
    document = json.loads(encode_topojson(lattice({"A": square(0, 0)})))

    (item,) = document["objects"]["areas"]["geometries"]
    assert set(item) == {"type", "id", "arcs"}
    assert item["id"] == "A"


def test_outer_rings_run_counter_clockwise() -> None:
    coverage = lattice({"A": square(0, 0, 3000) - square(1, 1, 1000)})

    (polygon,) = read_topojson(encode_topojson(coverage)).geometry

    assert polygon.exterior.is_ccw
    assert not polygon.interiors[0].is_ccw


# --- wards ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("east", "ward"),
    [(500, "V"), (1500, "W"), (1000, "V"), (-300, "V"), (2400, "W")],
    ids=["inside", "inside the second", "on the edge", "left of all", "right of all"],
)
def test_point_belongs_to_the_ward_around_or_nearest(east: int, ward: str) -> None:
    wards = table_of({"W": square(1, 0), "V": square(0, 0)})
    points = gpd.GeoSeries([Point(EAST + east, NORTH + 500)], index=["P"], crs=METRES)

    assert ward_of_points(points, wards).to_dict() == {"P": ward}


def test_best_fit_is_the_ward_with_most_postcodes() -> None:
    postcodes = pd.DataFrame(
        {"lsoa21": ["L1"] * 3, "ward25": ["W1", "W2", "W2"]}, dtype="str"
    )

    found = best_fit(postcodes, codes_of({"L1": "W9"}))

    assert found.to_dict() == {"L1": "W2"}


def test_best_fit_breaks_ties_by_code() -> None:
    postcodes = pd.DataFrame(
        {"lsoa21": ["L1"] * 4, "ward25": ["W2", "W1", "W1", "W2"]}, dtype="str"
    )

    assert best_fit(postcodes, codes_of({"L1": "W9"}))["L1"] == "W1"


def test_best_fit_falls_back_where_there_are_no_postcodes() -> None:
    postcodes = pd.DataFrame({"lsoa21": ["L1"], "ward25": ["W1"]}, dtype="str")

    found = best_fit(postcodes, codes_of({"L1": "W9", "L2": "W8"}))

    assert found.to_dict() == {"L1": "W1", "L2": "W8"}


def test_ward_lies_in_the_district_that_it_overlaps_most() -> None:
    wards = table_of({"V": square(0, 0), "W": square(1, 0)}).assign(lad24=["L", "M"])
    districts = table_of({"L": square(0, 0), "M": square(1, 0)})

    assert district_of_wards(wards, districts).to_dict() == {"V": "L", "W": "M"}


def test_wards_across_districts_are_all_named() -> None:
    across = table_of(
        {"V": square(0, 0), "W": box(EAST, NORTH, EAST + 2000, NORTH + 9)}
    )
    districts = table_of({"L": square(0, 0), "M": square(1, 0)})

    with pytest.raises(BoundaryError) as raised:
        district_of_wards(across.assign(lad24=["M", "L"]), districts)

    assert [problem.found for problem in raised.value.problems] == [
        "0% in district M",
        "50% in district L",
    ]


# --- hierarchy --------------------------------------------------------------------

LSOAS = pd.DataFrame(
    {
        "lsoa21": ["L1", "L2", "L3"],
        "msoa21": ["M1", "M1", "M2"],
        "lad24": ["D1", "D1", "D2"],
        "utla": ["U1", "U1", "U1"],
        "cauth": [None, None, "C1"],
        "rgn": ["R1"] * 3,
        "pcon24": ["P1", "P2", "P2"],
        "itl3": ["T1"] * 3,
        "itl2": ["T"] * 3,
    }
)
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


# --- successors -------------------------------------------------------------------

PEOPLE = pd.Series({"N1": 300.0, "N2": 100.0, "N3": 500.0, "N4": 700.0, "M9": 1.0})


def successors() -> pd.DataFrame:
    changes = pd.DataFrame(
        [
            ("O1", "N1", "S"),
            ("O1", "N2", "S"),
            ("O2", "N3", "M"),
            ("O3", "N3", "M"),
            ("N4", "N4", "U"),
            ("O4", "N4", "X"),
        ],
        columns=["old_code", "new_code", "change"],
    )
    unchanged = pd.DataFrame(
        {"old_code": ["M9"], "new_code": ["M9"], "change": ["U"]}, dtype="str"
    )
    wards = pd.DataFrame(
        {
            "ward24": ["V1", "V1"],
            "ward25": ["W1", "W2"],
            "residents": [30.0, 10.0],
        }
    )
    return make_successors(changes, unchanged, wards, PEOPLE)


@pytest.mark.parametrize(
    ("old", "new", "share"),
    [
        ("O1", "N1", 0.75),
        ("O1", "N2", 0.25),
        ("O2", "N3", 1.0),
        ("O3", "N3", 1.0),
        ("V1", "W1", 0.75),
        ("E07000026", "E06000063", 1.0),
    ],
)
def test_share_is_the_part_of_the_old_areas_residents(
    old: str, new: str, share: float
) -> None:
    table = successors().set_index(["old_code", "new_code"])

    assert table.loc[(old, new), "share"] == pytest.approx(share)


def test_share_of_a_change_that_no_lookup_tells_is_unknown() -> None:
    table = successors().set_index("old_code")

    assert pd.isna(table.loc["O4", "share"])


@pytest.mark.parametrize("code", ["N4", "M9"])
def test_unchanged_codes_have_no_successors(code: str) -> None:
    assert code not in set(successors()["old_code"])


def test_new_unitary_has_the_residents_of_its_old_districts() -> None:
    # Census 2021 TS001: Mendip, Sedgemoor, South Somerset, Somerset West and Taunton.
    old = {
        "E07000187": 116_089.0,
        "E07000188": 125_343.0,
        "E07000189": 172_671.0,
        "E07000246": 157_445.0,
    }

    found = residents_of_districts(pd.Series(old))

    assert found["E06000066"] == 571_548
    assert pd.isna(found["E06000063"])


# --- names and places -------------------------------------------------------------


@pytest.mark.parametrize(
    ("official", "plain"),
    [
        ("Herefordshire, County of", "Herefordshire"),
        ("Bristol, City of", "Bristol"),
        ("Bournemouth, Christchurch and Poole", "Bournemouth, Christchurch and Poole"),
    ],
)
def test_plain_name_turns_inverted_names(official: str, plain: str) -> None:
    assert plain_names(pd.Series([official]))[0] == plain


def test_neighbourhood_is_named_after_its_msoa() -> None:
    found = neighbourhood_names(
        pd.Series(["Smethwick High Street"]), pd.Series(["Sandwell 008B"])
    )

    assert found[0] == "Smethwick High Street 008B"


@pytest.mark.parametrize(
    ("official", "plain"),
    [("Dudley (Dudley) BUASD", "Dudley"), ("Wem BUA", "Wem")],
)
def test_town_name_drops_what_only_statisticians_say(official: str, plain: str) -> None:
    assert town_names(pd.Series([official]))[0] == plain


@pytest.fixture
def places() -> pd.DataFrame:
    towns = table_of({"T1": square(0, 0), "T2": square(9, 9)})
    towns["area_name"] = ["Wem BUA", "Far BUA"]
    districts = table_of({"D1": square(0, 0, 2000), "D2": square(1, 0, 2000)})
    districts["area_name"] = ["Shropshire", "Coventry"]
    people = gpd.GeoDataFrame(
        {"residents": [5_000.0, 300_000.0]},
        geometry=[square(0, 0).centroid, square(2, 0).centroid],
        crs=METRES,
    )
    msoas = pd.DataFrame(
        {
            "area_code": ["M1"],
            "area_name": ["High Street"],
            "lat": [52.0],
            "lon": [-2.0],
        }
    )
    return make_places(towns, districts, people, msoas)


def test_places_come_most_important_first(places: pd.DataFrame) -> None:
    assert places["name"].tolist() == ["Coventry", "Wem", "High Street"]
    assert places["kind"].tolist() == ["city", "town", "msoa"]
    assert places["rank"].tolist() == [1, 4, 5]


def test_place_names_the_area_that_it_is(places: pd.DataFrame) -> None:
    codes = places.set_index("name")["area_code"]

    assert codes["Coventry"] == "D2"
    assert pd.isna(codes["Wem"])


# --- sources ----------------------------------------------------------------------


def test_every_missing_source_is_named_in_one_error(tmp_path: Path) -> None:
    header = "file,publisher,title,licence,attribution,bytes,sha256\n"
    (tmp_path / "MANIFEST.csv").write_text(header)

    with pytest.raises(SourceError) as raised:
        read_inputs(Sources(tmp_path), tmp_path)

    named = {problem.expected for problem in raised.value.problems}
    assert "geography/boundaries/lsoa21.parquet" in named
    assert "ons_census2021/ts001_ltla_rgn.parquet" in named
    assert "geography/ons_similar_areas/economic-neighbours.csv" in named
    assert len(raised.value.problems) == 19


def tiny_inputs(**overrides: object) -> Inputs:
    lsoas = LSOAS.iloc[:1]
    tables: dict[str, object] = {
        "lsoas": lsoas,
        "subregions": pd.DataFrame(
            {
                "lad24_code": ["D1"],
                "subregion_code": ["S1"],
                "subregion_name": ["Sub"],
            }
        ),
        "lsoa_changes": pd.DataFrame({"new_code": ["L1"]}),
        "msoa_changes": pd.DataFrame({"new_code": ["M1"]}),
        "postcodes": pd.DataFrame({"lsoa21": ["L1"]}),
        "lsoa_residents": pd.Series({"L1": 1.0}),
        "large_residents": pd.Series({"D1": 1.0, "R1": 1.0}),
        "area_classes": pd.Series({"L1": "4c2"}),
        "neighbours": pd.DataFrame(
            {
                "area_code": "D1",
                "kind": list(PEER_KINDS),
                "rank": 1,
                "peer_code": "W1",
            }
        ),
        "clusters": pd.DataFrame({"area_code": ["D1", "W1"]}),
        "lsoa_polygons": table_of({"L1": square(0, 0)}),
        "ward_polygons": table_of({"W1": square(0, 0)}),
        "pcon_polygons": table_of({"P1": square(0, 0)}),
        "district_polygons": table_of({"D1": square(0, 0)}),
        "region_polygons": table_of({"R1": square(0, 0)}),
        "town_polygons": table_of({"T1": square(0, 0)}),
        "hexagons": table_of({"E02000001": square(0, 0)}),
    }
    return Inputs(**{**tables, **overrides})  # type: ignore[arg-type]


def test_sources_that_agree_pass() -> None:
    check_agreement(tiny_inputs())


def test_every_disagreement_between_sources_is_named() -> None:
    inputs = tiny_inputs(
        lsoa_residents=pd.Series(dtype=float),
        postcodes=pd.DataFrame({"lsoa21": ["L1", "L7"]}),
        subregions=pd.DataFrame(
            {
                "lad24_code": ["D1", "D8"],
                "subregion_code": ["S1", "S1"],
                "subregion_name": ["Sub", "Other"],
            }
        ),
    )

    with pytest.raises(SourceError) as raised:
        check_agreement(inputs)

    assert [problem.found for problem in raised.value.problems] == [
        "no row for L7",
        "no row for L1",
        "no row for D8",
        "Sub and Other",
    ]


@pytest.mark.parametrize(
    ("overrides", "file"),
    [
        ({"area_classes": pd.Series({"L2": "4c2"})}, AREA_CLASSES),
        ({"clusters": pd.DataFrame({"area_code": ["D1"]})}, CLUSTERS),
        ({"clusters": pd.DataFrame({"area_code": ["W1"]})}, CLUSTERS),
        (
            {
                "neighbours": pd.DataFrame(
                    {
                        "area_code": ["D1", "D1", "D2"],
                        "kind": ["global", "demographic", "economic"],
                        "rank": 1,
                        "peer_code": "W1",
                    }
                )
            },
            NEIGHBOURS["economic"],
        ),
    ],
    ids=["class", "cluster of a peer", "cluster of a district", "peers of one kind"],
)
def test_area_that_a_file_lacks_is_named(
    overrides: dict[str, object], file: str
) -> None:
    with pytest.raises(SourceError) as raised:
        check_agreement(tiny_inputs(**overrides))
    assert {problem.where for problem in raised.value.problems} == {file}


def test_unitary_of_2023_needs_all_its_old_districts() -> None:
    inputs = tiny_inputs(
        district_polygons=table_of({"D1": square(0, 0), "E06000066": square(1, 0)}),
        clusters=pd.DataFrame({"area_code": ["D1", "W1", "E06000066"]}),
        large_residents=pd.Series({"D1": 1.0, "R1": 1.0, "E07000187": 1.0}),
    )

    with pytest.raises(SourceError) as raised:
        check_agreement(inputs)

    assert [problem.found for problem in raised.value.problems] == [
        "no row for E07000188",
        "no row for E07000189",
        "no row for E07000246",
    ]
