"""Wards: which ward each postcode, neighbourhood and district belongs to.

Neighbourhoods do not nest in wards. Each gets the ward in which most of its
postcodes lie: a best fit, and marked so wherever it is used.
"""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from lpipgeo.build.geography.inputs import DEGREES, METRES, WARD_POLYGONS
from lpipgeo.errors import BoundaryError, Problem

# Both sets are generalised, so an edge ward may lose a few hundredths.
_MIN_SHARE_IN_DISTRICT = 0.95


def ward_of_points(points: gpd.GeoSeries, wards: gpd.GeoDataFrame) -> pd.Series[str]:
    """Return the code of the ward that holds each point, or else the nearest.

    Parameters
    ----------
    points : EPSG:27700, any unique index
    wards : area_code, geometry; EPSG:27700. A point on an edge goes to the first code

    Returns
    -------
    Series of ward codes with the index of `points`, none missing
    """
    table = gpd.GeoDataFrame(geometry=points)
    areas = wards[["area_code", "geometry"]].rename(columns={"area_code": "ward25"})
    inside = gpd.sjoin(table, areas, predicate="intersects")["ward25"]
    outside = table[~table.index.isin(inside.index)]
    nearest = gpd.sjoin_nearest(outside, areas)["ward25"]
    found = pd.concat([inside, nearest])
    first: pd.Series[str] = found.groupby(level=0).min().reindex(points.index)
    return first


def points_of(table: pd.DataFrame) -> gpd.GeoSeries:
    """Return lon and lat columns (WGS84) as points in EPSG:27700."""
    points = gpd.points_from_xy(table["lon"], table["lat"])
    return gpd.GeoSeries(points, index=table.index, crs=DEGREES).to_crs(METRES)


def best_fit(postcodes: pd.DataFrame, fallback: pd.Series[str]) -> pd.Series[str]:
    """Return each neighbourhood's ward: the one with most of its postcodes.

    Parameters
    ----------
    postcodes : lsoa21, ward25, one row per postcode
    fallback : ward code by LSOA code, for neighbourhoods without postcodes; its
        index says which neighbourhoods there are

    Returns
    -------
    Series of ward codes by LSOA code; equal counts go to the first code
    """
    counts = postcodes.groupby(["lsoa21", "ward25"]).size().rename("n").reset_index()
    counts["fewer"] = -counts["n"]
    ordered = counts.sort_values(["lsoa21", "fewer", "ward25"])
    modal = ordered.drop_duplicates("lsoa21").set_index("lsoa21")["ward25"]
    return modal.reindex(fallback.index).fillna(fallback).rename("ward25")


def district_of_wards(
    wards: gpd.GeoDataFrame, districts: gpd.GeoDataFrame
) -> pd.Series[str]:
    """Return each ward's district: the one it overlaps most.

    Parameters
    ----------
    wards : area_code, lad24 (as the publisher says), geometry; EPSG:27700
    districts : area_code, geometry; EPSG:27700

    Raises
    ------
    BoundaryError : wards lie across districts, or not where the publisher says
    """
    left = wards[["area_code", "geometry"]].rename(columns={"area_code": "ward25"})
    right = districts[["area_code", "geometry"]].rename(columns={"area_code": "lad24"})
    pieces = gpd.overlay(left, right, how="intersection", keep_geom_type=True)
    stated = wards.set_index("area_code")
    pieces["share"] = pieces.area / pieces["ward25"].map(stated.area)
    ordered = pieces.sort_values(["share", "lad24"], ascending=[False, True])
    largest = ordered.drop_duplicates("ward25").set_index("ward25")
    problems = []
    for code, district in stated["lad24"].items():
        found = largest.loc[code] if code in largest.index else None
        share = 0.0 if found is None or found["lad24"] != district else found["share"]
        if share < _MIN_SHARE_IN_DISTRICT:
            said = f"{share:.0%} in district {district}"
            problems.append(Problem(WARD_POLYGONS, str(code), said, "all of the ward"))
    if problems:
        raise BoundaryError("Wards do not lie in their districts:", problems)
    district_of: pd.Series[str] = largest["lad24"].sort_index()
    return district_of
