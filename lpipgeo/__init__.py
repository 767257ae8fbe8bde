"""West Midlands places: official indicators from neighbourhood to region.

>>> import lpipgeo as lg
>>> table = lg.observations("fuel_poverty", level="lad24")

Tables are tidy pandas DataFrames, boundaries are GeoDataFrames in EPSG:4326.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from lpipgeo.errors import LpipgeoError, SelectionError
from lpipgeo.paths import DataFolder
from lpipgeo.printed import profile_html, profile_pdf

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from lpipgeo.periods import AskedPeriods

__version__ = "0.1.0"
__all__ = [
    "LpipgeoError",
    "__version__",
    "areas",
    "balance",
    "boundaries",
    "catalogue",
    "changes",
    "classification_name",
    "clusters",
    "inside",
    "observations",
    "overlay",
    "overlays",
    "peers",
    "profile",
    "profile_chart",
    "profile_html",
    "profile_of",
    "profile_pdf",
    "scales",
    "table",
]


def catalogue(data: DataFolder = None) -> pd.DataFrame:
    """Return one row per indicator: title, theme, unit, levels, periods, source."""
    from lpipgeo.indicator_catalogue import read_catalogue  # noqa: PLC0415

    return read_catalogue(data).frame()


def areas(
    level: str | None = None, *, all_england: bool = False, data: DataFolder = None
) -> pd.DataFrame:
    """Return areas with their names, levels and larger areas.

    Parameters
    ----------
    level : level id such as "lad24"; all levels when left out
    all_england : also areas outside the West Midlands region

    Returns
    -------
    DataFrame, key `area_code`: area_name, code_name, levels (semicolon list),
    in_region, lat, lon (WGS84), area_km2, residents (Census 2021), rural_urban and
    area_classification (of neighbourhoods, else null; see `classification_name`), then
    one column per larger level with the code of the parent, null where there is none;
    levels that hold none of these areas have no column. Level "ctry" gives England and
    the UK.
    """
    from lpipgeo.area_index import read_areas  # noqa: PLC0415
    from lpipgeo.levels import find_level  # noqa: PLC0415

    index = read_areas(data)
    found = index.table.reset_index(drop=True)
    if not (all_england or level == "ctry"):
        found = found[found["in_region"]]
    if level is not None:
        find_level(level)
        found = found[[level in levels.split(";") for levels in found["levels"]]]
    parents = index.parents_table.pivot_table(
        index="area_code", columns="parent_level", values="parent_code", aggfunc="first"
    )
    parents = parents.reindex(found["area_code"]).dropna(axis="columns", how="all")
    joined = found.merge(parents, how="left", left_on="area_code", right_index=True)
    return joined.reset_index(drop=True)


def boundaries(level: str, data: DataFolder = None) -> gpd.GeoDataFrame:
    """Return the polygons of a level: area_code, geometry, in EPSG:4326."""
    from lpipgeo.boundary_sets import read_boundaries  # noqa: PLC0415

    return read_boundaries(level, data)


def observations(
    indicators: str | Iterable[str],
    level: str | None = None,
    areas: str | Iterable[str] | None = None,
    periods: AskedPeriods = "latest",
    *,
    within: str | None = None,
    statuses: Iterable[str] | None = None,
    inherit: bool = False,
    all_england: bool = False,
    geometry: bool = False,
    data: DataFolder = None,
) -> pd.DataFrame:
    """Return observations as a tidy table; see `lpipgeo.observation_table`.

    Parameters
    ----------
    geometry : return a GeoDataFrame in EPSG:4326 with the polygons of the areas of
        `level`; their order is kept, and an area without a boundary has none

    Raises
    ------
    SelectionError : geometry was asked for without a level
    """
    from lpipgeo.export import with_geometry  # noqa: PLC0415
    from lpipgeo.observation_table import read_observations  # noqa: PLC0415

    found = read_observations(
        indicators,
        level,
        areas,
        periods,
        within=within,
        statuses=statuses,
        inherit=inherit,
        all_england=all_england,
        data=data,
    )
    if not geometry:
        return found
    if level is None:
        raise SelectionError("For geometry, say the level whose polygons to add.")
    shapes: pd.DataFrame = with_geometry(found, level, data=data)
    return shapes


def table(
    indicators: str | Iterable[str],
    level: str | None = None,
    areas: str | Iterable[str] | None = None,
    periods: AskedPeriods = "latest",
    *,
    within: str | None = None,
    statuses: Iterable[str] | None = None,
    shape: str = "long",
    sort: str | None = None,
    inherit: bool = False,
    all_england: bool = False,
    data: DataFolder = None,
) -> pd.DataFrame:
    """Return observations with names, units, sources and licences joined.

    Parameters
    ----------
    shape : "long", see `lpipgeo.export.make_table`; or "wide" with one row per area,
        see `lpipgeo.wide_table.make_wide`
    sort : a column, with "-" before it for the highest first; the key when left out
    """
    from lpipgeo.export import make_table  # noqa: PLC0415
    from lpipgeo.wide_table import in_shape  # noqa: PLC0415

    found = make_table(
        indicators,
        level,
        areas,
        periods,
        within=within,
        statuses=statuses,
        inherit=inherit,
        all_england=all_england,
        data=data,
    )
    return in_shape(found, shape, sort)


def profile(
    area_code: str, benchmark: str | None = None, *, data: DataFolder = None
) -> pd.DataFrame:
    """Return every indicator of an area: limits, comparison, standing and trend.

    Parameters
    ----------
    area_code : any area, such as "E08000028"
    benchmark : what to compare with: the level of a larger area ("lad24", "subregion",
        "rgn", "ctry"), an area code, "similar", or several codes with commas between
        (the middle half of these areas); England when left out

    Returns
    -------
    DataFrame in catalogue order, key `indicator_id`; see
    `lpipgeo.area_profile.read_profile` for its columns
    """
    from lpipgeo.area_profile import read_profile  # noqa: PLC0415

    return read_profile(area_code, benchmark, data=data).frame()


def profile_of(
    codes: Iterable[str], name: str = "Custom area", *, data: DataFolder = None
) -> pd.DataFrame:
    """Return the figures of an area put together from neighbourhoods.

    Parameters
    ----------
    codes : of LSOAs (2021), such as those of `areas("lsoa21")`

    Returns
    -------
    DataFrame, key `indicator_id`: only what can be worked out, with the rule in words;
    see `lpipgeo.custom_profile.CustomProfile.frame` for its columns. What is refused
    and why: `lpipgeo.custom_profile.custom_profile(codes).refusals()`.

    Raises
    ------
    UnknownAreaError
    SelectionError : no neighbourhoods of the region, or too few or too many
    """
    from lpipgeo.custom_profile import custom_profile  # noqa: PLC0415

    return custom_profile(codes, name, data=data).frame()


def profile_chart(
    area_code: str,
    indicator_id: str,
    benchmark: str | None = None,
    *,
    file_format: str = "svg",
    data: DataFolder = None,
) -> bytes:
    """Return one figure of a profile as a chart: among its peers, and through time.

    Parameters
    ----------
    file_format : "svg" or "png"; "csv" gives the figures instead

    Raises
    ------
    UnknownAreaError, UnknownIndicatorError
    SelectionError : no figure that may be drawn, or another format
    """
    from lpipgeo.profile_files import make_row_file  # noqa: PLC0415

    return make_row_file(area_code, indicator_id, file_format, benchmark, data=data)


def balance(
    level: str = "lad24",
    weights: Mapping[str, int] | None = None,
    *,
    data: DataFolder = None,
) -> pd.DataFrame:
    """Return how the three themes lie to one another in all areas of a level.

    Our own summary, not an official statistic; see `lpipgeo.theme_balance` for how it
    is made and `theme_balance.balance_themes` for the columns.

    Parameters
    ----------
    weights : of themes and indicators, 0 to 3; 1 where not given

    Raises
    ------
    UnknownLevelError
    SelectionError : the level has too few areas, or a weight that cannot be
    """
    from lpipgeo.indicator_catalogue import read_catalogue  # noqa: PLC0415
    from lpipgeo.theme_balance import (  # noqa: PLC0415
        balance_themes,
        check_weights,
        read_places,
    )

    checked = check_weights(weights or {}, read_catalogue(data))
    return balance_themes(read_places(level, data=data), checked)


def changes(
    indicator_id: str, areas: Iterable[str], *, data: DataFolder = None
) -> pd.DataFrame:
    """Return what changed in some areas, and what may be said of it; one row per area.

    From the first figure that can be compared with the newest, to that. See
    `lpipgeo.time_series.change_table` for the columns. Areas without figures of their
    own are left out.

    Raises
    ------
    UnknownAreaError, UnknownIndicatorError
    """
    from lpipgeo.indicator_catalogue import read_catalogue  # noqa: PLC0415
    from lpipgeo.time_series import change_table, read_series  # noqa: PLC0415

    indicator = read_catalogue(data).find(indicator_id)
    series, _ = read_series(indicator.id, areas, data=data)
    return change_table(indicator, series)


def inside(
    area_code: str, indicator: str, level: str | None = None, *, data: DataFolder = None
) -> pd.DataFrame:
    """Return one indicator for the neighbourhoods (or MSOAs) inside an area.

    Returns
    -------
    DataFrame, key `area_code`, lowest value first: area_code, area_name, period, value,
    lower_ci, upper_ci, limits, status. `lpipgeo.area_inside.read_inside` gives their
    quartiles and the gap too.
    """
    from lpipgeo.area_inside import read_inside  # noqa: PLC0415

    return read_inside(area_code, indicator, level, data=data).table


def scales(area_code: str, indicator: str, *, data: DataFolder = None) -> pd.DataFrame:
    """Return one indicator for an area and all larger ones; see `area_scales`."""
    from lpipgeo.area_scales import read_scales  # noqa: PLC0415

    return read_scales(area_code, indicator, data=data)


def overlays(data: DataFolder = None) -> pd.DataFrame:
    """Return one row per overlay: title, theme, how many features, period, source."""
    from lpipgeo.overlay_catalogue import overlay_frame  # noqa: PLC0415

    return overlay_frame(data)


def overlay(overlay_id: str, data: DataFolder = None) -> gpd.GeoDataFrame:
    """Return an overlay's features in EPSG:4326; see `lpipgeo.overlay_catalogue`."""
    from lpipgeo.overlay_catalogue import read_features  # noqa: PLC0415

    return read_features(overlay_id, data)


def peers(
    area_code: str, kind: str = "global", *, data: DataFolder = None
) -> pd.DataFrame:
    """Return the 20 districts most like a district of the region, the nearest first.

    Parameters
    ----------
    area_code : a district of the region, such as "E08000028"
    kind : what ONS compared: "global", "economic" or "demographic"

    Returns
    -------
    DataFrame: rank, peer_code, peer_name, in_data (whether we hold figures of it);
    peers may lie in Wales, Scotland and Northern Ireland, of which we hold none
    """
    from lpipgeo.similar_districts import read_peers  # noqa: PLC0415

    return read_peers(area_code, kind, data=data)


def clusters(data: DataFolder = None) -> pd.DataFrame:
    """Return the ONS clusters of all districts of the UK, as letters for each kind.

    Returns
    -------
    DataFrame, key `area_code`: area_name, global, economic, demographic; null where
    ONS gives no cluster
    """
    from lpipgeo.similar_districts import read_clusters  # noqa: PLC0415

    return read_clusters(data)


def classification_name(code: str, *, data: DataFolder = None) -> tuple[str, str]:
    """Return the names of supergroup and group of a class, such as "4c2"."""
    from lpipgeo import area_classification  # noqa: PLC0415

    return area_classification.classification_name(code, data=data)
