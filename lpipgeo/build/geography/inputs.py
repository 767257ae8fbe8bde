"""What the geography is built from: the publishers' files and hand-kept records.

Every file that the geography needs is read here and nowhere else. Columns get the
project's own names; every fault of every file is raised in one SourceError. Whether
files agree with each other is for `agreement` to say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from lpipgeo.build.geography.successors import RECODED
from lpipgeo.build.sources import (
    Sources,
    read_csv,
    read_parquet,
    readable,
    require_columns,
    require_unique,
)
from lpipgeo.errors import Problem, SourceError
from lpipgeo.tables import PEER_KINDS, PEERS_PER_KIND

METRES = "EPSG:27700"
DEGREES = "EPSG:4326"
SUBREGIONS = "areas/subregions.csv"

_BOUNDARIES = "geography/boundaries"
_LOOKUPS = "geography/lookups"
MASTER = f"{_LOOKUPS}/lsoa21_wm_master.parquet"
LSOA_CHANGES = f"{_LOOKUPS}/lsoa11_lsoa21_exact_wm.csv"
MSOA_CHANGES = f"{_LOOKUPS}/msoa11_msoa21_wm.csv"
POSTCODES = f"{_LOOKUPS}/postcodes_wm_codepoint_open.parquet"
LSOA_POLYGONS = f"{_BOUNDARIES}/lsoa21.parquet"
WARD_POLYGONS = f"{_BOUNDARIES}/ward25.parquet"
PCON_POLYGONS = f"{_BOUNDARIES}/pcon24_wm.geojson"
DISTRICT_POLYGONS = f"{_BOUNDARIES}/lad24_england.geojson"
REGION_POLYGONS = f"{_BOUNDARIES}/regions_england_simplified.geojson"
TOWN_POLYGONS = f"{_BOUNDARIES}/ons_towns_cities_2015_ew.topojson"
HEXAGONS = f"{_BOUNDARIES}/hcl_hex_msoa21.gpkg"
LSOA_RESIDENTS = "ons_census2021/ts001_lsoa21_ew.parquet"
LARGE_RESIDENTS = "ons_census2021/ts001_ltla_rgn.parquet"
AREA_CLASSES = "ons_census2021/lsoa21_area_classification_wm.parquet"
_SIMILAR = "geography/ons_similar_areas"
NEIGHBOURS = {kind: f"{_SIMILAR}/{kind}-neighbours.csv" for kind in PEER_KINDS}
CLUSTERS = f"{_SIMILAR}/cluster-allocation.csv"
GEOGRAPHY_FILES = (
    MASTER,
    LSOA_CHANGES,
    MSOA_CHANGES,
    POSTCODES,
    LSOA_POLYGONS,
    WARD_POLYGONS,
    PCON_POLYGONS,
    DISTRICT_POLYGONS,
    REGION_POLYGONS,
    TOWN_POLYGONS,
    HEXAGONS,
    LSOA_RESIDENTS,
    LARGE_RESIDENTS,
    AREA_CLASSES,
    *NEIGHBOURS.values(),
    CLUSTERS,
)
_RESIDENTS = "Residence type: Total"
_HEXAGON_LAYER = "3 MSOA hex"
# What the table of clusters has where ONS lacks the figures to say one.
_NO_CLUSTER = "[x]"

_MASTER_COLUMNS = {
    "lsoa21cd": "lsoa21",
    "lsoa21nm": "code_name",
    "msoa21cd": "msoa21",
    "msoa21nm": "msoa21_code_name",
    "msoa21hclnm": "msoa21_name",
    "wd24cd": "ward24",
    "lad24cd": "lad24",
    "lad24nm": "lad24_name",
    "utlacd": "utla",
    "utlanm": "utla_name",
    "cauthcd": "cauth",
    "cauthnm": "cauth_name",
    "rgncd": "rgn",
    "itl3cd": "itl3",
    "itl3nm": "itl3_name",
    "itl2cd": "itl2",
    "itl2nm": "itl2_name",
    "pcon24cd": "pcon24",
    "ruc21nm": "rural_urban",
    "area_km2": "area_km2",
}
_NULLABLE = ("cauth", "cauth_name")
_POLYGON_COLUMNS: dict[str, tuple[str, dict[str, str]]] = {
    "lsoa_polygons": (LSOA_POLYGONS, {"LSOA21CD": "area_code"}),
    "ward_polygons": (
        WARD_POLYGONS,
        {"WD25CD": "area_code", "WD25NM": "area_name", "LAD25CD": "lad24"},
    ),
    "pcon_polygons": (
        PCON_POLYGONS,
        {"PCON24CD": "area_code", "PCON24NM": "area_name"},
    ),
    "district_polygons": (
        DISTRICT_POLYGONS,
        {"ltla24_code": "area_code", "ltla24_name": "area_name"},
    ),
    "region_polygons": (
        REGION_POLYGONS,
        {"region24_code": "area_code", "region24_name": "area_name"},
    ),
    "town_polygons": (TOWN_POLYGONS, {"AREACD": "area_code", "AREANM": "area_name"}),
}


@dataclass(frozen=True)
class Inputs:
    """Tables and polygons as read; keys are unique and no cell is empty.

    Attributes
    ----------
    lsoas : one row per LSOA of the region, sorted by `lsoa21`; codes and names of
        its larger areas, `rural_urban`, `area_km2`; null `cauth` outside WMCA
    subregions : key `lad24_code`; the hand-kept record
    lsoa_changes, msoa_changes : old_code, new_code, change (U, S, M or X)
    postcodes : postcode, lsoa21, lon, lat (WGS84)
    lsoa_residents, large_residents : Census 2021 residents by code
    area_classes : subgroup of the area classification by LSOA code
    neighbours : area_code, kind, rank (from 1), peer_code; the publisher's areas of
        the whole United Kingdom, of which the largest have fewer than 20
    clusters : key `area_code`; area_name and a letter for each kind, null where the
        publisher gives none; districts of the United Kingdom
    lsoa_polygons, ward_polygons, pcon_polygons, district_polygons,
    region_polygons : area_code, area_name (not LSOAs), geometry; EPSG:27700; wards
        also have the publisher's `lad24`
    town_polygons : area_name, geometry; EPSG:27700
    hexagons : area_code (MSOAs of the region), geometry in the cartogram's own units
    """

    lsoas: pd.DataFrame
    subregions: pd.DataFrame
    lsoa_changes: pd.DataFrame
    msoa_changes: pd.DataFrame
    postcodes: pd.DataFrame
    lsoa_residents: pd.Series[float]
    large_residents: pd.Series[float]
    area_classes: pd.Series[str]
    neighbours: pd.DataFrame
    clusters: pd.DataFrame
    lsoa_polygons: gpd.GeoDataFrame
    ward_polygons: gpd.GeoDataFrame
    pcon_polygons: gpd.GeoDataFrame
    district_polygons: gpd.GeoDataFrame
    region_polygons: gpd.GeoDataFrame
    town_polygons: gpd.GeoDataFrame
    hexagons: gpd.GeoDataFrame


def read_inputs(sources: Sources, records: Path) -> Inputs:
    """Read everything that the geography needs.

    Parameters
    ----------
    sources : the publishers' files; every file read is noted there as used
    records : folder of the hand-kept records; holds areas/subregions.csv

    Raises
    ------
    SourceError : files are missing or altered, lack columns or values, or repeat keys
    """
    readers: dict[str, Callable[[], Any]] = {
        "lsoas": partial(_read_master, sources),
        "subregions": partial(_read_subregions, records),
        "lsoa_changes": partial(_read_changes, sources, LSOA_CHANGES, "LSOA", "CHGIND"),
        "msoa_changes": partial(
            _read_changes, sources, MSOA_CHANGES, "MSOA", "CHNGIND"
        ),
        "postcodes": partial(_read_postcodes, sources),
        "lsoa_residents": partial(_read_residents, sources, LSOA_RESIDENTS, "lsoa21cd"),
        "large_residents": partial(
            _read_residents, sources, LARGE_RESIDENTS, "geography code"
        ),
        "area_classes": partial(_read_area_classes, sources),
        "neighbours": partial(_read_neighbours, sources),
        "clusters": partial(_read_clusters, sources),
    }
    readers["hexagons"] = partial(_read_hexagons, sources)
    for name, (file, columns) in _POLYGON_COLUMNS.items():
        readers[name] = partial(_read_polygons, sources, file, columns)
    problems: list[Problem] = []
    found: dict[str, Any] = {}
    for name, reader in readers.items():
        try:
            found[name] = reader()
        except SourceError as error:
            problems.extend(error.problems)
    _raise(problems)
    return Inputs(**found)


def _raise(problems: list[Problem]) -> None:
    if problems:
        raise SourceError("The geography cannot be built:", problems)


def _read_master(sources: Sources) -> pd.DataFrame:
    table = read_parquet(sources, MASTER, list(_MASTER_COLUMNS))
    table = table.rename(columns=_MASTER_COLUMNS)
    required = [name for name in table if name not in _NULLABLE]
    _raise(_empty_cells(MASTER, table[required]))
    require_unique(MASTER, table, ["lsoa21"])
    return table.sort_values("lsoa21", ignore_index=True)


def _read_subregions(records: Path) -> pd.DataFrame:
    columns = ["subregion_code", "subregion_name", "lad24_code", "lad24_name"]
    path = records / SUBREGIONS
    if not path.is_file():
        _raise([Problem(SUBREGIONS, "", "no file", f"a hand-kept record in {records}")])
    table = pd.read_csv(path, dtype=str)
    require_columns(SUBREGIONS, table.columns, columns)
    _raise(_empty_cells(SUBREGIONS, table[columns]))
    require_unique(SUBREGIONS, table, ["lad24_code"])
    return table[columns]


def _read_changes(sources: Sources, file: str, kind: str, change: str) -> pd.DataFrame:
    table = read_csv(sources, file, [f"{kind}11CD", f"{kind}21CD", change])
    table = table[[f"{kind}11CD", f"{kind}21CD", change]]
    table = table.set_axis(["old_code", "new_code", "change"], axis=1)
    _raise(_empty_cells(file, table))
    require_unique(file, table, ["old_code", "new_code"])
    return table


def _read_postcodes(sources: Sources) -> pd.DataFrame:
    columns = ["postcode", "lsoa21cd_derived", "lon", "lat"]
    table = read_parquet(sources, POSTCODES, columns)
    _raise(_empty_cells(POSTCODES, table))
    require_unique(POSTCODES, table, ["postcode"])
    table = table.rename(columns={"lsoa21cd_derived": "lsoa21"})
    spaceless = table["postcode"].str.replace(" ", "", regex=False).str.upper()
    return table.assign(postcode=spaceless).sort_values("postcode", ignore_index=True)


def _read_residents(sources: Sources, file: str, code: str) -> pd.Series[float]:
    table = read_parquet(sources, file, [code, _RESIDENTS])
    require_unique(file, table, [code])
    return table.set_index(code)[_RESIDENTS].astype(float)


def _read_area_classes(sources: Sources) -> pd.Series[str]:
    code, subgroup = "geography_code", "Subgroup"
    table = read_parquet(sources, AREA_CLASSES, [code, subgroup])
    _raise(_empty_cells(AREA_CLASSES, table))
    require_unique(AREA_CLASSES, table, [code])
    return table.set_index(code)[subgroup]


def _read_neighbours(sources: Sources) -> pd.DataFrame:
    sources.verify(NEIGHBOURS.values())
    tables = [_read_kind(sources, kind, file) for kind, file in NEIGHBOURS.items()]
    return pd.concat(tables, ignore_index=True)


def _read_kind(sources: Sources, kind: str, file: str) -> pd.DataFrame:
    ranks = [str(rank) for rank in range(1, PEERS_PER_KIND + 1)]
    wide = read_csv(sources, file, ["AREACD", *ranks])
    require_unique(file, wide, ["AREACD"])
    table = wide.melt("AREACD", ranks, "rank", "peer_code")
    # There are fewer combined authorities than ranks, so their rows end in gaps.
    table = table.dropna(subset="peer_code").rename(columns={"AREACD": "area_code"})
    table = table.assign(kind=kind, rank=table["rank"].astype("int64"))
    table = table[["area_code", "kind", "rank", "peer_code"]]
    return table.replace({"area_code": RECODED, "peer_code": RECODED})


def _read_clusters(sources: Sources) -> pd.DataFrame:
    columns = {
        "AREACD": "area_code",
        "AREANM": "area_name",
        **{kind.capitalize(): kind for kind in PEER_KINDS},
    }
    table = read_csv(sources, CLUSTERS, list(columns))[list(columns)]
    table = table.rename(columns=columns)
    _raise(_empty_cells(CLUSTERS, table))
    table = table.replace({"area_code": RECODED}).mask(table == _NO_CLUSTER)
    require_unique(CLUSTERS, table, ["area_code"])
    return table


def _read_polygons(
    sources: Sources, file: str, columns: Mapping[str, str]
) -> gpd.GeoDataFrame:
    path = sources.path(file)
    is_parquet = path.suffix == ".parquet"
    with readable(file, "polygons"):
        table = gpd.read_parquet(path) if is_parquet else gpd.read_file(path)
    table = sources.correct(file, table)
    require_columns(file, table.columns, columns)
    table = table[[*columns, "geometry"]].rename(columns=dict(columns))
    _raise(_empty_cells(file, table))
    require_unique(file, table, ["area_code"])
    # TopoJSON carries no CRS; the format says degrees.
    table = table.set_crs(DEGREES) if table.crs is None else table
    return table.sort_values("area_code", ignore_index=True).to_crs(METRES)


def _read_hexagons(sources: Sources) -> gpd.GeoDataFrame:
    """Read the hexagons of MSOAs; those outside the region are left out later."""
    path = sources.path(HEXAGONS)
    with readable(HEXAGONS, "polygons"):
        table = gpd.read_file(path, layer=_HEXAGON_LAYER)
    table = sources.correct(HEXAGONS, table)
    require_columns(HEXAGONS, table.columns, ["msoa21cd"])
    table = table.rename(columns={"msoa21cd": "area_code"})[["area_code", "geometry"]]
    require_unique(HEXAGONS, table, ["area_code"])
    # The file claims the British National Grid, but its numbers count hexagons.
    return gpd.GeoDataFrame(table, geometry="geometry").set_crs(
        None, allow_override=True
    )


def _empty_cells(file: str, table: pd.DataFrame) -> list[Problem]:
    counts = table.isna().sum()
    return [
        Problem(file, str(column), f"{count} empty cells", "a value in every row")
        for column, count in counts[counts > 0].items()
    ]
