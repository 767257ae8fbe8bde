"""Which area lies in which: the larger areas of every area."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from lpipgeo.levels import ENGLAND

_EXACT = "exact"
_BASIS = {
    ("lsoa21", "ward25"): "best_fit",
    ("lsoa21", "pcon24"): "population_overlap",
}
_LARGE = ("subregion", "cauth", "rgn")
_PARENT_LEVELS: dict[str, tuple[str, ...]] = {
    "lsoa21": ("msoa21", "ward25", "lad24", "utla", *_LARGE, "pcon24", "itl3", "itl2"),
    "msoa21": ("lad24", "utla", *_LARGE),
    "ward25": ("lad24", "utla", *_LARGE),
    "lad24": ("utla", *_LARGE, "itl3", "itl2"),
    "utla": _LARGE,
    "subregion": ("rgn",),
    "cauth": ("rgn",),
}


def make_members(
    lsoas: pd.DataFrame, subregions: pd.DataFrame, ward_of_lsoa: pd.Series[str]
) -> pd.DataFrame:
    """Return one row per LSOA with a column of codes for each of its parent levels.

    Returns
    -------
    DataFrame, key `lsoa21`; null `cauth` outside the combined authority
    """
    subregion_of = subregions.set_index("lad24_code")["subregion_code"]
    members = lsoas.assign(
        subregion=lsoas["lad24"].map(subregion_of),
        ward25=lsoas["lsoa21"].map(ward_of_lsoa),
    )
    return members[["lsoa21", *_PARENT_LEVELS["lsoa21"]]]


def make_parents(
    members: pd.DataFrame,
    district_of_ward: pd.Series[str],
    region_of_district: pd.Series[str],
) -> pd.DataFrame:
    """Return every area's larger areas.

    Parameters
    ----------
    members : see `make_members`
    district_of_ward : lad24 code by ward25 code
    region_of_district : rgn code by lad24 code, for all districts of England

    Returns
    -------
    DataFrame, key (area_code, parent_level), sorted by it: area_code, level,
    parent_code, parent_level, basis. Metropolitan boroughs and unitaries, being
    their own `utla`, appear once, as `lad24`. An area that straddles larger ones
    (a county, where sub-regions divide it) has no parent of that level.
    """
    districts = members.drop_duplicates("lad24")
    wards = district_of_ward.rename("lad24").rename_axis("ward25").reset_index()
    wards = wards.merge(districts.drop(columns="ward25"), on="lad24")
    tables = [
        _pairs(wards if level == "ward25" else members, level, parents)
        for level, parents in _PARENT_LEVELS.items()
    ]
    regions = region_of_district.rename("rgn").rename_axis("lad24").reset_index()
    regions = regions.assign(ctry=ENGLAND)
    tables += [_pairs(regions, "lad24", ("rgn",)), _pairs(regions, "rgn", ("ctry",))]
    table = pd.concat(tables, ignore_index=True)
    table = table.drop_duplicates(["area_code", "parent_level"])
    return table.sort_values(["area_code", "parent_level"], ignore_index=True)


def _pairs(table: pd.DataFrame, level: str, parents: tuple[str, ...]) -> pd.DataFrame:
    found = []
    for parent in parents:
        pairs = table[[level, parent]].dropna().drop_duplicates()
        pairs = pairs.set_axis(["area_code", "parent_code"], axis=1)
        # An area that straddles two lies in neither.
        pairs = pairs.drop_duplicates("area_code", keep=False)
        basis = _BASIS.get((level, parent), _EXACT)
        found.append(pairs.assign(level=level, parent_level=parent, basis=basis))
    columns = ["area_code", "level", "parent_code", "parent_level", "basis"]
    return pd.concat(found, ignore_index=True)[columns]


def region_of_districts(
    districts: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> pd.Series[str]:
    """Return rgn code by lad24 code: the region that holds most of the district."""
    left = districts[["area_code", "geometry"]].rename(columns={"area_code": "lad24"})
    right = regions[["area_code", "geometry"]].rename(columns={"area_code": "rgn"})
    pieces = gpd.overlay(left, right, how="intersection", keep_geom_type=True)
    ordered = pieces.assign(km2=pieces.area).sort_values("km2", ascending=False)
    largest = ordered.drop_duplicates("lad24").set_index("lad24")
    found: pd.Series[str] = largest["rgn"].sort_index()
    return found
