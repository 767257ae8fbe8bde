"""Hexagons of the House of Commons Library, laid over the region."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
from shapely.geometry import box

from lpipgeo.build.geography.hexagons import make_hexagons
from lpipgeo.errors import BoundaryError


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
