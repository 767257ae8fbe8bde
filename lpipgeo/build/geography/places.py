"""Places for orientation: names of cities, towns and neighbourhoods on the map."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from lpipgeo.build.geography.inputs import DEGREES
from lpipgeo.build.geography.names import town_names

# City status within the region. Birmingham, Coventry and Stoke-on-Trent are missing
# from the source of towns; their districts stand in for them.
CITIES = (
    "Birmingham",
    "Coventry",
    "Hereford",
    "Lichfield",
    "Stoke-on-Trent",
    "Wolverhampton",
    "Worcester",
)
# Residents from which a place is shown at ranks 1, 2 and 3; smaller towns are 4.
_MIN_RESIDENTS = (200_000, 60_000, 25_000)
_MSOA_RANK = 5


def make_places(
    towns: gpd.GeoDataFrame,
    districts: gpd.GeoDataFrame,
    people: gpd.GeoDataFrame,
    msoas: pd.DataFrame,
) -> pd.DataFrame:
    """Return labels for the map, the most important first.

    Parameters
    ----------
    towns : area_name as published, geometry; EPSG:27700, anywhere
    districts : area_code, area_name, geometry; EPSG:27700, the region's
    people : residents, geometry (points); EPSG:27700, one row per neighbourhood
    msoas : area_code, area_name, lat, lon, residents

    Returns
    -------
    DataFrame, sorted by rank, kind and name: name, kind, rank, lat, lon, area_code;
    null area_code where no district of that name exists
    """
    settlements = _settlements(towns, districts, people)
    labels = msoas.assign(name=msoas["area_name"], kind="msoa", rank=_MSOA_RANK)
    table = pd.concat([settlements, labels], ignore_index=True)
    table["rank"] = table["rank"].astype("int64")
    columns = ["name", "kind", "rank", "lat", "lon", "area_code"]
    return table[columns].sort_values(["rank", "kind", "name"], ignore_index=True)


def _settlements(
    towns: gpd.GeoDataFrame, districts: gpd.GeoDataFrame, people: gpd.GeoDataFrame
) -> pd.DataFrame:
    named = towns.assign(name=town_names(towns["area_name"]))
    named = named.set_geometry(named.geometry.make_valid())
    region = districts.union_all()
    named = named[named.representative_point().within(region)]
    absent = districts[
        districts["area_name"].isin(CITIES)
        & ~districts["area_name"].isin(set(named["name"]))
    ]
    found = pd.concat(
        [named, absent.assign(name=absent["area_name"])], ignore_index=True
    )
    inside = gpd.sjoin(people, found[["name", "geometry"]], predicate="within")
    residents = inside.groupby("index_right")["residents"].sum()
    found["residents"] = residents.reindex(found.index, fill_value=0.0)
    # Two parts of one town may remain under one name: the larger stands for both.
    found = found.sort_values(["residents", "name"], ascending=[False, True])
    found = found.drop_duplicates("name")
    points = found.representative_point().to_crs(DEGREES)
    code_of = districts.set_index("area_name")["area_code"]
    return pd.DataFrame(
        {
            "name": found["name"],
            "kind": found["name"].isin(CITIES).map({True: "city", False: "town"}),
            "rank": found["residents"].map(_rank),
            "lat": points.y,
            "lon": points.x,
            "area_code": found["name"].map(code_of),
        }
    )


def _rank(residents: float) -> int:
    reached = [residents >= least for least in _MIN_RESIDENTS]
    return reached.index(True) + 1 if any(reached) else len(_MIN_RESIDENTS) + 1
