"""Which neighbourhood a point lies in."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from lpipgeo.build.sources import Sources, readable, require_columns
from lpipgeo.errors import Problem, SourceError

POLYGONS = "geography/boundaries/lsoa21.parquet"
_METRES = "EPSG:27700"
_MAX_OUTSIDE_M = 200  # generalised edges may leave out a place on the border


def place(
    file: str, names: pd.Series[str], points: gpd.GeoSeries, sources: Sources
) -> pd.Series[str]:
    """Return the code of the neighbourhood (LSOA21 of the region) of each point.

    Parameters
    ----------
    file, names : what the points are, for the error; `names` has their index
    points : with a CRS

    Raises
    ------
    SourceError : points lie outside the region, further than a generalised edge
        explains
    """
    path = sources.path(POLYGONS)
    with readable(POLYGONS, "a GeoParquet table"):
        polygons = gpd.read_parquet(path)
    polygons = sources.correct(POLYGONS, polygons)
    require_columns(POLYGONS, polygons.columns, ["LSOA21CD"])
    metric = gpd.GeoDataFrame(geometry=points.to_crs(_METRES))
    found = metric.sjoin_nearest(
        polygons[["LSOA21CD", "geometry"]].to_crs(_METRES), max_distance=_MAX_OUTSIDE_M
    )
    codes = found.groupby(level=0)["LSOA21CD"].min().reindex(points.index)
    lost = names[codes.isna()]
    if len(lost):
        problem = Problem(file, "coordinates", str(list(lost[:5])), "in the region")
        raise SourceError("Places lie outside the region:", [problem])
    placed: pd.Series[str] = codes.astype(object)
    return placed
