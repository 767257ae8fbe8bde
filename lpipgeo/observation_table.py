"""Observations: read them by indicator, level, area and period, inherit honestly.

The tidy table has the key (`indicator_id`, `area_code`, `period`) and no names or
geometry. Missing is null with a status. A value inherited from a larger area is
only given when asked for, and is marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import pandas as pd

from lpipgeo.area_index import AreaIndex, read_areas
from lpipgeo.change import subtract
from lpipgeo.errors import SelectionError
from lpipgeo.indicator_catalogue import Catalogue, find_period, read_catalogue
from lpipgeo.levels import LEVELS, find_level
from lpipgeo.metadata import Indicator
from lpipgeo.paths import DataFolder
from lpipgeo.periods import AskedPeriods, find_range
from lpipgeo.statuses import STATUSES, find_status
from lpipgeo.store import Store, open_store
from lpipgeo.tables import OBSERVATION_COLUMNS

_ROWS = (
    "FROM read_parquet($file) WHERE list_contains($periods, period) "
    "AND area_code IN (SELECT unnest(string_split($codes, ',')))"
)


def read_observations(
    indicators: str | Iterable[str],
    level: str | None = None,
    areas: str | Iterable[str] | None = None,
    periods: AskedPeriods = "latest",
    *,
    within: str | None = None,
    statuses: Iterable[str] | None = None,
    inherit: bool = False,
    all_england: bool = False,
    data: DataFolder = None,
) -> pd.DataFrame:
    """Return observations as one tidy table.

    Parameters
    ----------
    indicators : one indicator id or several
    level : level id; may be left out when `areas` are given
    areas : area codes, in any case; all areas of the level when left out
    periods : "latest" (newest of each indicator at the level), "all", one period, or
        several; each an ISO interval, or what people call it where that names one
        period of the indicator: 2019, "2022/23", "2021 to 2023", "December 2021"; or a
        range such as "2015..2020", of which an indicator may have none
    within : code of a larger area; only the areas of the level inside it
    statuses : only rows with one of these statuses; all when left out
    inherit : fill a level finer than an indicator has with the value of the larger
        area, status "inherited", without limits; else such an indicator gives no rows
    all_england : also districts and regions outside the West Midlands
    data : data folder; the project's own when left out

    Returns
    -------
    DataFrame, columns `OBSERVATION_COLUMNS`, key (indicator_id, area_code, period),
    sorted by it. Null values carry a status that says why. Empty, with all columns,
    when nothing matches.

    Raises
    ------
    UnknownIndicatorError, UnknownAreaError, UnknownLevelError, UnknownPeriodError
    SelectionError : neither a level nor areas were given
    UnknownStatusError
    """
    store, index = open_store(data), read_areas(data)
    kept = None if statuses is None else [find_status(name).id for name in statuses]
    parts = _parts(
        indicators, level, areas, periods, within, inherit, all_england, data
    )
    found = [_read_part(store, index, part) for part in parts]
    if kept is not None:
        found = [
            table[table["status"].isin(kept)].reset_index(drop=True) for table in found
        ]
    rows = [table for table in found if len(table)]
    if not rows:
        return pd.DataFrame(columns=list(OBSERVATION_COLUMNS))
    if len(rows) == 1:
        return rows[0]  # one query is sorted already
    table = pd.concat(rows, ignore_index=True)
    key = ["indicator_id", "area_code", "period"]
    return table.drop_duplicates(key).sort_values(key, ignore_index=True)


def count_observations(
    indicators: str | Iterable[str],
    level: str | None = None,
    areas: str | Iterable[str] | None = None,
    periods: AskedPeriods = "latest",
    *,
    within: str | None = None,
    statuses: Iterable[str] | None = None,
    inherit: bool = False,
    all_england: bool = False,
    data: DataFolder = None,
) -> int:
    """Return how many rows `read_observations` would return, without reading values.

    With areas of several levels, a unitary district that is held as a district and as
    an upper-tier area counts once.
    """
    parts = _parts(
        indicators, level, areas, periods, within, inherit, all_england, data
    )
    if inherit or statuses is not None or len({part.level for part in parts}) > 1:
        table = read_observations(
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
        return len(table)
    return sum(_count_part(open_store(data), part) for part in parts)


def read_values(
    indicator_id: str,
    area_codes: Iterable[str],
    period: str,
    *,
    earlier: str | None = None,
    data: DataFolder = None,
) -> dict[str, tuple[float, str]]:
    """Return value and status of some areas of any level at one period.

    Parameters
    ----------
    earlier : an ISO interval; values are then the change since that period

    Returns
    -------
    dict of area code to (value, status); a missing value is NaN, and an area without
    an observation is left out. Nothing is inherited.
    """
    store = open_store(data)
    codes = list(area_codes)
    rows = _select(store, [indicator_id], codes, [period])
    if earlier:
        indicator = read_catalogue(data).find(indicator_id)
        rows = subtract(
            rows, _select(store, [indicator_id], codes, [earlier]), indicator
        )
    columns = rows[["area_code", "value", "status"]].itertuples(index=False)
    return {code: (float(value), str(status)) for code, value, status in columns}


def read_at(
    periods: Mapping[str, str], area_codes: Iterable[str], *, data: DataFolder = None
) -> pd.DataFrame:
    """Return many indicators for some areas of any level, each at one period, at once.

    Parameters
    ----------
    periods : ISO interval by indicator id
    area_codes : codes as they are written here

    Returns
    -------
    DataFrame, columns `OBSERVATION_COLUMNS`, key (indicator_id, area_code). What is not
    held has no row. Nothing is inherited.
    """
    if not periods:
        return pd.DataFrame(columns=list(OBSERVATION_COLUMNS))
    store = open_store(data)
    rows = _select(store, list(periods), list(area_codes), list(set(periods.values())))
    wanted = rows["indicator_id"].astype(str).map(periods)
    found: pd.DataFrame = rows[rows["period"] == wanted].reset_index(drop=True)
    return found


def _codes_by_level(
    index: AreaIndex,
    level: str | None,
    areas: str | Iterable[str] | None,
    within: str | None,
    all_england: bool,
) -> dict[str, list[str]]:
    if within is not None:
        larger = index.find(within)
        if level is None or areas is not None:
            raise SelectionError(
                f"Say the level of the areas inside {larger.name}, for example "
                "level='lsoa21', and no other areas beside it."
            )
        return {find_level(level).id: index.codes_within(level, larger.code)}
    if areas is None:
        if level is None:
            raise SelectionError(
                "Say which level or which areas you want, for example level='lad24'."
            )
        chosen = index.of_level(level, in_region=not (all_england or level == "ctry"))
        return {level: [area.code for area in chosen]}
    codes = [areas] if isinstance(areas, str) else list(areas)
    if level is not None:
        find_level(level)
    by_level: dict[str, list[str]] = {}
    for area in sorted({index.find(code) for code in codes}, key=attrgetter("code")):
        # A unitary district may have its figure as an upper-tier area only.
        for held in area.levels:
            if level is None or level == held:
                by_level.setdefault(held, []).append(area.code)
    return by_level


@dataclass(frozen=True)
class _Part:
    """Rows of one indicator for areas of one level, read from `source` and above."""

    indicator_id: str
    level: str
    source: str
    codes: Sequence[str]
    periods: Sequence[str]


def _parts(
    indicators: str | Iterable[str],
    level: str | None,
    areas: str | Iterable[str] | None,
    periods: AskedPeriods,
    within: str | None,
    inherit: bool,
    all_england: bool,
    data: DataFolder,
) -> list[_Part]:
    """Return what has to be read; everything that was asked for is checked."""
    catalogue, index = read_catalogue(data), read_areas(data)
    asked = [indicators] if isinstance(indicators, str) else indicators
    ids = dict.fromkeys(catalogue.find(indicator_id).id for indicator_id in asked)
    codes_by_level = _codes_by_level(index, level, areas, within, all_england)
    found = []
    for indicator_id in ids:
        for level_id, codes in codes_by_level.items():
            source = catalogue.source_level(indicator_id, level_id)
            if source is not None and (inherit or source == level_id):
                wanted = _periods(catalogue, indicator_id, level_id, periods)
                part = _Part(indicator_id, level_id, source, codes, wanted)
                found.append(part)
    return found


def _read_part(store: Store, index: AreaIndex, part: _Part) -> pd.DataFrame:
    if part.source == part.level:
        return _select(store, [part.indicator_id], part.codes, part.periods)
    parent_of = {}
    for code in part.codes:
        parent = index.parent(code, part.source)
        if parent is not None:
            parent_of[code] = parent.code
    larger = sorted(set(parent_of.values()))
    return _inherit(
        _select(store, [part.indicator_id], larger, part.periods), parent_of
    )


def _count_part(store: Store, part: _Part) -> int:
    counted = store.query(
        f"SELECT count(*) AS n {_ROWS}",
        _given(store, [part.indicator_id], part.codes, part.periods),
    )
    return int(counted["n"].iloc[0])


def _periods(
    catalogue: Catalogue, indicator_id: str, level: str, asked: AskedPeriods
) -> list[str]:
    if asked == "all":
        return list(catalogue.periods(indicator_id, level))
    if isinstance(asked, str) or not isinstance(asked, Iterable):
        asked = [asked]
    found = []
    for one in asked:
        if ".." in str(one):
            found += find_range(str(one), catalogue.periods(indicator_id, level))
        else:
            found.append(find_period(catalogue, indicator_id, level, one))
    return list(dict.fromkeys(found))


def _select(
    store: Store, ids: Sequence[str], codes: Sequence[str], periods: Sequence[str]
) -> pd.DataFrame:
    return store.query(
        f"SELECT {', '.join(OBSERVATION_COLUMNS)} {_ROWS} ORDER BY area_code, period",
        _given(store, ids, codes, periods),
    )


def _given(
    store: Store, ids: Sequence[str], codes: Sequence[str], periods: Sequence[str]
) -> dict[str, Any]:
    return {
        "file": [store.file(f"indicators/{name}.parquet") for name in ids],
        "periods": list(periods),
        "codes": ",".join(codes),  # a list of thousands takes longer to hand over
    }


def _inherit(theirs: pd.DataFrame, parent_of: dict[str, str]) -> pd.DataFrame:
    """Give each area the row of its larger area, marked as inherited.

    A unitary district is its own upper-tier area, and keeps its own row.
    """
    pairs = pd.DataFrame({"child": list(parent_of), "area_code": parent_of.values()})
    rows = pairs.merge(theirs, on="area_code")
    of_another = rows["area_code"] != rows["child"]
    rows["area_code"] = rows.pop("child")
    kept = rows["status"].astype(object)
    rows["status"] = kept.mask(of_another & rows["value"].notna(), "inherited")
    for column in ("numerator", "denominator", "lower_ci", "upper_ci"):
        # They describe the larger area, not this one.
        rows[column] = rows[column].astype(float).mask(of_another)
    return rows[list(OBSERVATION_COLUMNS)]


def explain_status(
    indicator: Indicator, status: str, level: str, source_level: str | None = None
) -> str:
    """Return one sentence on why a value of an indicator has its status at a level."""
    if status == "aggregated":
        whose = "modelled" if indicator.is_modelled else "the publisher's"
        return f"Worked out by us from {whose} figures of the smaller areas inside."
    if status == "inherited" and source_level and source_level != level:
        return (
            f"The figure of the {LEVELS[source_level].in_text} that this area lies in; "
            "it was not measured here."
        )
    if status == "inherited":
        return (
            "This area was split from a larger one after the figure was made, so it "
            "carries the figure of the old area."
        )
    if status == "converted" and level == "ward25":
        return (
            "An estimate from the neighbourhoods that fit this ward best, by postcodes."
        )
    return STATUSES[status].about
