"""Squares, codes and neighbourhoods that tests of the geography are made of."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
from shapely.geometry import MultiPolygon, Polygon, box

METRES = "EPSG:27700"
EAST, NORTH = 400_000, 280_000
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


def square(column: int, row: int, size: float = 1000) -> Polygon:
    west, south = EAST + column * size, NORTH + row * size
    return box(west, south, west + size, south + size)


def table_of(polygons: dict[str, Polygon | MultiPolygon]) -> gpd.GeoDataFrame:
    codes = {"area_code": list(polygons)}
    return gpd.GeoDataFrame(codes, geometry=list(polygons.values()), crs=METRES)


def codes_of(values: dict[str, str | None]) -> pd.Series[str]:
    return pd.Series(values, dtype="str")
