"""A second, independent reading of TopoJSON, to hold what the build writes against.

Written from the TopoJSON format specification 1.0 (arcs, transform, reversed arcs).
"""

from __future__ import annotations

import json
from itertools import accumulate
from typing import Any

import geopandas as gpd
from shapely.geometry import MultiPolygon, Polygon


def read_topojson(content: bytes) -> gpd.GeoDataFrame:
    """Return area_code and geometry (EPSG:4326, five decimals) of object "areas"."""
    document = json.loads(content)
    items = document["objects"]["areas"]["geometries"]
    arcs = [_points(arc, document["transform"]) for arc in document["arcs"]]
    return gpd.GeoDataFrame(
        {"area_code": [item["id"] for item in items]},
        geometry=[_shape(item, arcs) for item in items],
        crs="EPSG:4326",
    )


def _points(
    arc: list[list[int]], transform: dict[str, Any]
) -> list[tuple[float, float]]:
    (kx, ky), (dx, dy) = transform["scale"], transform["translate"]
    places = accumulate(arc, lambda a, b: [a[0] + b[0], a[1] + b[1]])
    return [(round(x * kx + dx, 5), round(y * ky + dy, 5)) for x, y in places]


def _shape(item: dict[str, Any], arcs: list[Any]) -> Polygon | MultiPolygon:
    if item["type"] == "Polygon":
        return _polygon(item["arcs"], arcs)
    return MultiPolygon([_polygon(rings, arcs) for rings in item["arcs"]])


def _polygon(rings: list[list[int]], arcs: list[Any]) -> Polygon:
    outer, *holes = [_ring(ring, arcs) for ring in rings]
    return Polygon(outer, holes)


def _ring(indices: list[int], arcs: list[Any]) -> list[tuple[float, float]]:
    points: list[tuple[float, float]] = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        if points and points[-1] != arc[0]:
            raise ValueError(f"arc {index} does not begin where the last one ended")
        points += arc[1:] if points else arc
    return points
