"""The table of areas: names, levels, a point inside, size and residents.

Areas that are a district and a county-level authority at once have one row with
both levels. What is not known is null.
"""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import pandas as pd

from lpipgeo.build.geography.inputs import DEGREES, Inputs
from lpipgeo.build.geography.names import neighbourhood_names, plain_names
from lpipgeo.build.geography.successors import NEW_UNITARIES
from lpipgeo.levels import COMBINED_AUTHORITY, ENGLAND, LEVELS, REGION, UNITED_KINGDOM
from lpipgeo.tables import AREA_COLUMNS

_COMBINED_AUTHORITY_NAME = "West Midlands Combined Authority"
_M2_PER_KM2 = 1e6
# Classes of neighbourhoods, which no larger area has.
_OF_NEIGHBOURHOODS = ("rural_urban", "area_classification")


def residents_of_districts(large: pd.Series[float]) -> pd.Series[float]:
    """Return residents by code, with the unitaries of 2023 added up.

    Parameters
    ----------
    large : Census 2021 residents by code of the districts of 2022 and the regions
    """
    added = {
        new: float(large.reindex(list(olds)).sum(skipna=False))
        for new, olds in NEW_UNITARIES.items()
    }
    return pd.concat([large, pd.Series(added, dtype=float)])


def make_areas(
    inputs: Inputs, members: pd.DataFrame, points: Mapping[str, pd.DataFrame]
) -> pd.DataFrame:
    """Return one row per area.

    Parameters
    ----------
    members : codes of each LSOA's larger areas (see `hierarchy.make_members`)
    points : lon and lat by area code, for each level that is drawn

    Returns
    -------
    DataFrame, key `area_code`, sorted by it, columns as in data/areas/areas.parquet;
    residents are people at the census of 2021, area_km2 square kilometres
    """
    inside = pd.concat([_inside(inputs, members), _wards(inputs, members)])
    places = pd.concat(points.values())
    places = places[~places.index.duplicated()]
    inside = inside.join(places, on="area_code")
    table = pd.concat([inside, _outside(inputs)], ignore_index=True)
    order = {level: rank for rank, level in enumerate(LEVELS)}
    table = table.sort_values(
        ["area_code", "level"], key=lambda s: s.map(order) if s.name == "level" else s
    )
    levels = table.groupby("area_code")["level"].agg(";".join)
    table = table.drop_duplicates("area_code")
    table = table.assign(levels=table["area_code"].map(levels))
    return table[list(AREA_COLUMNS)].reset_index(drop=True)


def _inside(inputs: Inputs, members: pd.DataFrame) -> pd.DataFrame:
    """Rows for the region's levels that are named in the lookup, or made of it."""
    lsoas = members.merge(
        inputs.lsoas.drop(columns=members.columns.drop("lsoa21"), errors="ignore"),
        on="lsoa21",
    )
    lsoas["residents"] = lsoas["lsoa21"].map(inputs.lsoa_residents)
    lsoas["area_classification"] = lsoas["lsoa21"].map(inputs.area_classes)
    lsoas["area_name"] = neighbourhood_names(lsoas["msoa21_name"], lsoas["code_name"])
    districts = _districts(lsoas, inputs)
    seats = inputs.pcon_polygons.set_index("area_code")["area_name"]
    tables = {
        "lsoa21": lsoas.set_index("lsoa21"),
        "msoa21": _add_up(lsoas, "msoa21", "msoa21_code_name", "msoa21_name"),
        "lad24": districts.set_index("lad24"),
        "utla": _add_up(districts, "utla", "utla_name"),
        "subregion": _add_up(districts, "subregion", "subregion_name"),
        "cauth": _add_up(districts, "cauth", "cauth_name"),
        # As large as drawn: the neighbourhoods that fit best.
        "pcon24": _add_up(lsoas, "pcon24").assign(code_name=seats),
        "itl3": _add_up(districts, "itl3", "itl3_name"),
        "itl2": _add_up(districts, "itl2", "itl2_name"),
    }
    rows = [_finish(table, level) for level, table in tables.items()]
    return pd.concat(rows, ignore_index=True)


def _districts(lsoas: pd.DataFrame, inputs: Inputs) -> pd.DataFrame:
    """One row per district with its larger areas; residents as published."""
    km2 = lsoas.groupby("lad24")["area_km2"].sum()
    names = inputs.subregions.drop_duplicates("subregion_code")
    subregion_names = names.set_index("subregion_code")["subregion_name"]
    table = lsoas.drop_duplicates("lad24").drop(columns=list(_OF_NEIGHBOURHOODS))
    return table.assign(
        area_km2=table["lad24"].map(km2),
        residents=table["lad24"].map(inputs.large_residents),
        code_name=table["lad24_name"],
        area_name=plain_names(table["lad24_name"]),
        subregion_name=table["subregion"].map(subregion_names),
        cauth_name=table["cauth"].map({COMBINED_AUTHORITY: _COMBINED_AUTHORITY_NAME}),
    )


def _add_up(
    table: pd.DataFrame, level: str, code_name: str = "", name: str = ""
) -> pd.DataFrame:
    sums = [column for column in ("area_km2", "residents") if column in table]
    found = table.groupby(level)[sums].sum()
    first = table.dropna(subset=[level]).drop_duplicates(level).set_index(level)
    if code_name:
        found["code_name"] = first[code_name]
    if name:
        found["area_name"] = first[name]
    return found


def _finish(table: pd.DataFrame, level: str) -> pd.DataFrame:
    if "area_name" not in table:
        table = table.assign(area_name=plain_names(table["code_name"]))
    wanted = ["area_name", "code_name", "area_km2", "residents", *_OF_NEIGHBOURHOODS]
    rows = table.reindex(columns=wanted).rename_axis("area_code").reset_index()
    return rows.assign(level=level, in_region=True)


def _wards(inputs: Inputs, members: pd.DataFrame) -> pd.DataFrame:
    """Rows for wards; residents of their best-fit neighbourhoods, null without any."""
    people = members["lsoa21"].map(inputs.lsoa_residents)
    wards = inputs.ward_polygons.set_index("area_code")
    table = pd.DataFrame(
        {
            "code_name": wards["area_name"],
            "area_km2": wards.area / _M2_PER_KM2,
            "residents": people.groupby(members["ward25"]).sum(),
        },
        index=wards.index,
    )
    return _finish(table, "ward25")


def _outside(inputs: Inputs) -> pd.DataFrame:
    """Rows for the other districts, all regions, England and the United Kingdom."""
    known = residents_of_districts(inputs.large_residents)
    in_region = set(inputs.lsoas["lad24"])
    districts = inputs.district_polygons
    others = districts[~districts["area_code"].isin(in_region)]
    regions = inputs.region_polygons
    rows = pd.concat(
        [_drawn(others, "lad24", known), _drawn(regions, "rgn", known)],
        ignore_index=True,
    )
    is_home = rows["area_code"] == REGION
    rows.loc[is_home, "area_km2"] = inputs.lsoas["area_km2"].sum()
    rows["in_region"] = is_home
    is_region = rows["level"] == "rgn"
    countries = pd.DataFrame(
        {
            "area_code": [ENGLAND, UNITED_KINGDOM],
            "area_name": ["England", "United Kingdom"],
            "code_name": ["England", "United Kingdom"],
            "area_km2": [rows.loc[is_region, "area_km2"].sum(), None],
            "residents": [rows.loc[is_region, "residents"].sum(), None],
            "level": "ctry",
            "in_region": False,
        }
    )
    return pd.concat([rows, countries], ignore_index=True)


def _drawn(
    polygons: gpd.GeoDataFrame, level: str, residents: pd.Series[float]
) -> pd.DataFrame:
    points = polygons.representative_point().to_crs(DEGREES)
    return pd.DataFrame(
        {
            "area_code": polygons["area_code"],
            "area_name": plain_names(polygons["area_name"]),
            "code_name": polygons["area_name"],
            "level": level,
            "lat": points.y,
            "lon": points.x,
            "area_km2": polygons.area / _M2_PER_KM2,
            "residents": polygons["area_code"].map(residents),
        }
    )
