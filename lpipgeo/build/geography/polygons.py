"""Polygons that share their edges: simplified together, put on one lattice, joined.

Everything the map draws lies on one lattice of whole numbers (`STEP_DEG` degrees).
Neighbours are simplified by their shared edges, never one by one; larger areas are
unions of exactly those polygons. So edges coincide to the last digit, at every level.
"""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from lpipgeo.build.geography.inputs import DEGREES, METRES
from lpipgeo.errors import BoundaryError, Problem

# About 1.4 m by 2.2 m in the region: far below the 20 m of the generalised source.
STEP_DEG = 0.00002
# The lattice's own origin, south-west of the region, so that numbers stay short.
ORIGIN_DEG = (-3.3, 51.8)
_DECIMALS = 5
_MAX_ROUNDS = 5

Polygons = np.ndarray[tuple[int], np.dtype[np.object_]]


@dataclass(frozen=True)
class Coverage:
    """Areas of one level, as polygons on the lattice.

    Attributes
    ----------
    codes : area codes, shape (n,), sorted and unique
    polygons : shape (n,), in lattice units; valid, not empty, without overlaps
    """

    codes: tuple[str, ...]
    polygons: Polygons

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees."""
        west, south, east, north = self.in_degrees().total_bounds
        return float(west), float(south), float(east), float(north)

    def in_degrees(self) -> gpd.GeoDataFrame:
        """Return area_code and geometry in EPSG:4326."""
        geometry = shapely.transform(self.polygons, to_degrees)
        table = {"area_code": list(self.codes)}
        return gpd.GeoDataFrame(table, geometry=geometry, crs=DEGREES)


def to_lattice(
    degrees: np.ndarray[tuple[int, int], np.dtype[np.float64]],
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Turn lon, lat, shape (n, 2), into lattice units, whole numbers as floats."""
    return np.rint((degrees - ORIGIN_DEG) / STEP_DEG)


def to_degrees(
    lattice: np.ndarray[tuple[int, int], np.dtype[np.float64]],
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Turn lattice units, shape (n, 2), into lon, lat with five decimals."""
    return np.round(lattice * STEP_DEG + ORIGIN_DEG, _DECIMALS)


def make_coverage(table: gpd.GeoDataFrame, tolerance_m: float, where: str) -> Coverage:
    """Simplify neighbours by their shared edges and put them on the lattice.

    Parameters
    ----------
    table : area_code, geometry; EPSG:27700
    tolerance_m : metres, Visvalingam–Whyatt as in `shapely.coverage_simplify`;
        0 keeps every vertex
    where : the source, named in errors

    Raises
    ------
    BoundaryError : an area vanishes, or the polygons cannot be made to fit
    """
    table = table.sort_values("area_code", ignore_index=True)
    polygons = mend_coverage(np.asarray(table.geometry.values), where)
    if tolerance_m > 0:
        polygons = shapely.coverage_simplify(polygons, tolerance_m)
    degrees = gpd.GeoSeries(polygons, crs=METRES).to_crs(DEGREES)
    lattice = shapely.transform(np.asarray(degrees.values), to_lattice)
    return _settle(tuple(table["area_code"]), lattice, where)


def fit_coverage(codes: list[str], degrees: Polygons, where: str) -> Coverage:
    """Put polygons in degrees on the lattice as they are.

    Raises
    ------
    BoundaryError : the polygons cannot be made to fit
    """
    order = np.argsort(codes)
    lattice = shapely.transform(degrees[order], to_lattice)
    return _settle(tuple(codes[i] for i in order), lattice, where)


def mend_coverage(polygons: Polygons, where: str) -> Polygons:
    """Close gaps and overlaps between neighbours; a faultless coverage is unchanged."""
    if _is_clean(polygons):
        return polygons
    mended = np.asarray(shapely.coverage_clean(polygons))
    if not _is_clean(mended):
        raise BoundaryError(
            f"{where} cannot be mended:",
            [Problem(where, "geometry", "gaps or overlaps", "a valid coverage")],
        )
    return mended


def dissolve(coverage: Coverage, parents: pd.Series[str]) -> Coverage:
    """Join the areas that share a parent; areas without a parent are left out.

    Parameters
    ----------
    parents : parent code by area code; may hold nulls
    """
    parent_of = parents.reindex(list(coverage.codes))
    groups = parent_of.groupby(parent_of.to_numpy(), sort=True).indices
    joined = [
        shapely.coverage_union_all(coverage.polygons[rows]) for rows in groups.values()
    ]
    return _settle(
        tuple(str(code) for code in groups), np.array(joined, dtype=object), "dissolved"
    )


def points_inside(coverage: Coverage) -> pd.DataFrame:
    """Return lon and lat of a point inside each area, by area code."""
    points = shapely.point_on_surface(coverage.in_degrees().geometry.values)
    columns = {"lon": shapely.get_x(points), "lat": shapely.get_y(points)}
    return pd.DataFrame(columns, index=list(coverage.codes))


def _is_clean(polygons: Polygons) -> bool:
    is_valid = bool(shapely.is_valid(polygons).all())
    return is_valid and bool(shapely.coverage_is_valid(polygons))


def _settle(codes: tuple[str, ...], polygons: Polygons, where: str) -> Coverage:
    """Round until every polygon is valid: rounding can pinch a narrow neck."""
    settled = _without_repeats(polygons)
    for _ in range(_MAX_ROUNDS):
        if _is_clean(settled):
            break
        cleaned = np.asarray(shapely.coverage_clean(settled))
        settled = _without_repeats(shapely.transform(cleaned, np.rint))
    problems = [
        Problem(where, code, "an empty or broken polygon", "a valid polygon")
        for code, polygon in zip(codes, settled, strict=True)
        if polygon.is_empty or not polygon.is_valid or not polygon.area
    ]
    if problems or not shapely.coverage_is_valid(settled):
        raise BoundaryError(f"{where} does not fit on the lattice:", problems)
    return Coverage(codes, np.asarray(shapely.orient_polygons(settled)))


def _without_repeats(polygons: Polygons) -> Polygons:
    return np.asarray(shapely.remove_repeated_points(polygons, 0.0))
