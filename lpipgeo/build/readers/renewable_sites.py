"""DESNZ Renewable Energy Planning Database: sites in use, added up by district.

Sites are placed by their coordinates, for some have a county as planning authority.
Only the region's rows are in the file.
"""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from lpipgeo.build.frame import Frame
from lpipgeo.build.native import native_table
from lpipgeo.build.sources import Sources, read_csv, readable, require_columns
from lpipgeo.errors import Problem, SourceError
from lpipgeo.metadata import Indicator

PERIOD = "2024-04-01/P1M"
_FILE = "desnz_repd/repd_q1_2024_wm.csv"
_POLYGONS = "geography/boundaries/lsoa21.parquet"
_METRES = "EPSG:27700"
_COLUMNS = {
    "Site Name": "name",
    "Technology Type": "technology",
    "Development Status (short)": "stage",
    "Installed Capacity (MWelec)": "capacity",
    "X-coordinate": "x",
    "Y-coordinate": "y",
}
_IN_USE = "Operational"


def read(record: Indicator, sources: Sources, frame: Frame) -> pd.DataFrame:
    """Add up megawatts; `[build]`: `without` (technologies that are not counted).

    A district has a figure where at least one of its sites has a capacity: the file
    does not say that elsewhere there is nothing. Larger areas are sums of all sites.
    """
    sites = read_sites(sources)
    counted = (sites["stage"] == _IN_USE) & ~sites["technology"].isin(
        record.build["without"]
    )
    sites = sites.loc[counted].reset_index(drop=True)
    sites["lad24"] = _districts_of(sites, sources, frame)
    tables = []
    for level in ("lad24", "utla", "subregion", "cauth", "rgn"):
        parents = sites["lad24"]
        if level != "lad24":
            links = frame.children("lad24", level).set_index("area_code")
            parents = parents.map(links["parent_code"])
        sums = sites.groupby(parents)["capacity"].sum(min_count=1).dropna()
        tables.append(
            pd.DataFrame({"area_code": sums.index, "value": sums.to_numpy()}).assign(
                level=level, period=PERIOD, status="aggregated"
            )
        )
    found = pd.concat(tables, ignore_index=True)
    return native_table({**found.drop_duplicates("area_code")})


def read_sites(sources: Sources) -> pd.DataFrame:
    """Read every site, planned or in use.

    Returns
    -------
    DataFrame : `name`, `technology`, `stage`, `capacity` (MW; null where the file has
        none), `x`, `y` (EPSG:27700, m); some coordinates in the file begin with a tab
    """
    table = read_csv(sources, _FILE, list(_COLUMNS)).rename(columns=_COLUMNS)
    for name in ("capacity", "x", "y"):
        texts = table[name].astype("string").str.strip().str.replace(",", "")
        table[name] = pd.to_numeric(texts).astype(float)
    return table


def _districts_of(
    sites: pd.DataFrame, sources: Sources, frame: Frame
) -> pd.Series[str]:
    path = sources.path(_POLYGONS)
    with readable(_POLYGONS, "a GeoParquet table"):
        polygons = gpd.read_parquet(path)
    polygons = sources.correct(_POLYGONS, polygons)
    require_columns(_POLYGONS, polygons.columns, ["LSOA21CD"])
    points = gpd.GeoDataFrame(
        sites, geometry=gpd.points_from_xy(sites["x"], sites["y"]), crs=_METRES
    )
    joined = gpd.sjoin(points.to_crs(polygons.crs), polygons, predicate="within")
    codes = joined["LSOA21CD"].groupby(level=0).first().reindex(sites.index)
    lost = sites.loc[codes.isna(), "name"]
    if len(lost):
        problem = Problem(_FILE, "X-coordinate", str(list(lost[:5])), "in the region")
        raise SourceError("Sites lie outside the region:", [problem])
    districts: pd.Series[str] = codes.map(frame.neighbourhoods["lad24"])
    return districts
