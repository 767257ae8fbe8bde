"""Outlines of areas: no gap, no overlap, larger ones of smaller ones, as TopoJSON."""

from __future__ import annotations

import json

import geopandas as gpd
import pytest
import shapely
from shapely.geometry import MultiPolygon, Point, Polygon

from lpipgeo.build.geography.polygons import (
    Coverage,
    dissolve,
    make_coverage,
    points_inside,
)
from lpipgeo.build.geography.topology import encode_topojson
from lpipgeo.errors import BoundaryError
from tests.topojson_reading import read_topojson
from tests.unit.geography_inputs import EAST, NORTH, codes_of, square, table_of


@pytest.fixture
def four_squares() -> gpd.GeoDataFrame:
    """Two by two: A and B below, C and D above."""
    return table_of(
        {"A": square(0, 0), "B": square(1, 0), "C": square(0, 1), "D": square(1, 1)}
    )


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
