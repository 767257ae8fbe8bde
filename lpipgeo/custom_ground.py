"""Neighbourhoods by their ground: inside an outline, or within a distance of a place.

A neighbourhood is taken whole, where the point that stands for it is taken. This point
lies inside its outline (`Area.lat`, `Area.lon`); it is not where most people live.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING

from lpipgeo.area_index import read_areas
from lpipgeo.boundary_sets import read_boundaries
from lpipgeo.custom_area import NEIGHBOURHOOD
from lpipgeo.errors import SelectionError
from lpipgeo.formatting import THIN_SPACE

if TYPE_CHECKING:
    import geopandas as gpd
    import shapely

MAX_CORNERS = 500
MIN_KM, MAX_KM = 0.3, 10.0
POLYGON_RULE = (
    "A neighbourhood belongs to the drawn area where the point that stands for it, "
    "inside its outline, lies inside the drawing."
)
NEAR_RULE = (
    "Measured in a straight line between the points that stand for the places. They "
    "lie inside the outlines and need not be where most people live."
)
_METRES = 27700  # British National Grid, for areas of ground and distances
_QUARTER = 32  # parts of a quarter of a circle


@dataclass(frozen=True, slots=True)
class Enclosed:
    """Neighbourhoods whose points lie inside an outline.

    Attributes
    ----------
    codes : of the neighbourhoods, sorted
    share_covered : of the ground inside the outline that they cover, 0 to 1
    share_inside : of their own ground that lies inside it, 0 to 1; NaN where there
        are none
    """

    codes: tuple[str, ...]
    share_covered: float
    share_inside: float


def find_drawn(corners: Sequence[tuple[float, float]]) -> Enclosed:
    """Return the neighbourhoods of a drawn outline; `POLYGON_RULE` says which.

    Parameters
    ----------
    corners : (longitude, latitude) in degrees (EPSG:4326), at least three, in order;
        the last is joined to the first

    Raises
    ------
    SelectionError : fewer than three corners, too many, no numbers of degrees, lines
        that cross each other, or an outline without ground
    """
    import geopandas as gpd  # noqa: PLC0415  heavy, and only needed here
    import shapely  # noqa: PLC0415

    if not 3 <= len(corners) <= MAX_CORNERS:
        raise SelectionError(
            f"An outline has 3 to {MAX_CORNERS} corners, not {len(corners)}."
        )
    if not all(abs(x) <= 180 and abs(y) <= 90 for x, y in corners):
        raise SelectionError(
            "A corner is a longitude (−180 to 180) and a latitude (−90 to 90)."
        )
    outline = shapely.Polygon(corners)
    if not outline.is_valid or outline.area == 0:
        raise SelectionError(
            "The drawn lines cross or enclose no ground. Take corners back, or begin "
            "again and go once around the area."
        )
    table = read_areas().table
    points = table[table["in_region"] & (table["levels"] == NEIGHBOURHOOD)]
    is_inside = shapely.contains_xy(outline, points["lon"], points["lat"])
    codes = tuple(sorted(points.index[is_inside]))
    drawn = gpd.GeoSeries([outline], crs=4326).to_crs(_METRES).iloc[0]
    return _measure(codes, drawn)


def codes_near(code: str, km: float) -> tuple[str, ...]:
    """Return the neighbourhoods within a distance of a place; `NEAR_RULE` says how.

    Parameters
    ----------
    code : of an area of the region
    km : `MIN_KM` to `MAX_KM`

    Returns
    -------
    tuple of codes, sorted; empty where no point lies so near

    Raises
    ------
    UnknownAreaError
    SelectionError : a place outside the region, or another distance
    """
    import geopandas as gpd  # noqa: PLC0415  heavy, and only needed here

    centre = _centre(code, km)
    table = read_areas().table
    here = table[table["in_region"] & (table["levels"] == NEIGHBOURHOOD)]
    points = gpd.GeoSeries.from_xy(here["lon"], here["lat"], crs=4326)
    is_near = points.to_crs(_METRES).distance(centre) <= 1000 * km
    return tuple(sorted(is_near.index[is_near]))


def find_near(code: str, km: float) -> Enclosed:
    """Return the neighbourhoods of `codes_near`, and how far they fill the circle."""
    circle = _centre(code, km).buffer(1000 * km, _QUARTER)
    return _measure(codes_near(code, km), circle)


def read_circle(code: str, km: float) -> list[tuple[float, float]]:
    """Return the circle around a place, (latitude, longitude) in degrees."""
    import geopandas as gpd  # noqa: PLC0415  heavy, and only needed here

    circle = _centre(code, km).buffer(1000 * km, _QUARTER)
    (ring,) = gpd.GeoSeries([circle.exterior], crs=_METRES).to_crs(4326)
    return [(round(y, 5), round(x, 5)) for x, y in ring.coords[:-1]]


def _centre(code: str, km: float) -> shapely.Point:
    """Return the point that stands for a place in EPSG:27700; check the distance."""
    import geopandas as gpd  # noqa: PLC0415  heavy, and only needed here

    area = read_areas().find(code)
    if not area.in_region or isnan(area.lat):
        raise SelectionError(
            f"{area.name} is outside the West Midlands region. Choose a place inside."
        )
    if not MIN_KM <= km <= MAX_KM:
        raise SelectionError(
            f"The distance is {MIN_KM:g} to {MAX_KM:g}{THIN_SPACE}km, not {km:g}."
        )
    point = gpd.GeoSeries.from_xy([area.lon], [area.lat], crs=4326)
    return point.to_crs(_METRES).iloc[0]


def _measure(codes: tuple[str, ...], outline: shapely.Geometry) -> Enclosed:
    """Return neighbourhoods with the shares of ground (EPSG:27700)."""
    import shapely  # noqa: PLC0415  heavy, and only needed here

    ground = shapely.union_all(_shapes(codes).to_crs(_METRES).geometry)
    common = ground.intersection(outline).area
    share_inside = common / ground.area if codes else float("nan")
    return Enclosed(codes, common / outline.area, share_inside)


def _shapes(codes: Sequence[str]) -> gpd.GeoDataFrame:
    table = read_boundaries(NEIGHBOURHOOD).set_index("area_code")
    return table.loc[list(codes)]


def read_outline(codes: Sequence[str]) -> list[list[list[tuple[float, float]]]]:
    """Return the edge around some neighbourhoods, as Leaflet draws polygons.

    Returns
    -------
    list of polygons, each of rings, each of (latitude, longitude) in degrees; the
    first ring is outside, further ones are holes. Empty for no codes.
    """
    import shapely  # noqa: PLC0415  heavy, and only needed here

    united = shapely.union_all(_shapes(codes).geometry)
    return [
        [
            [(round(y, 5), round(x, 5)) for x, y in ring.coords]
            for ring in (part.exterior, *part.interiors)
        ]
        for part in shapely.get_parts(united)
        if part.geom_type == "Polygon"
    ]
