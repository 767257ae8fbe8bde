"""Every indicator of one area beside its larger areas, as one table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from lpipgeo.area_index import Area, read_areas
from lpipgeo.indicator_catalogue import Catalogue, read_catalogue
from lpipgeo.levels import UNITED_KINGDOM
from lpipgeo.observation_table import COLUMNS, explain_status
from lpipgeo.store import open_store

OVERVIEW_COLUMNS = ("indicator_id", "period", "value", "status", "level", "why")
BESIDE = ("lad24", "subregion", "rgn", "ctry")


def read_overview(area_code: str, *, data: str | Path | None = None) -> pd.DataFrame:
    """Return the newest value of every indicator for an area and its larger areas.

    Returns
    -------
    DataFrame in catalogue order, one row per indicator: indicator_id, period, value,
    status, level (whose figure it is), why (a sentence where the figure is not the
    publisher's own for this area), then one column per code of the area's larger
    areas, and of the United Kingdom, with their value at the same period. Missing
    values are null. Empty, with all columns, for an area of a level that no indicator
    has.

    Raises
    ------
    UnknownAreaError
    """
    catalogue, index = read_catalogue(data), read_areas(data)
    area = index.find(area_code)
    area_code = area.code
    beside = larger_areas(area, data=data)
    chosen = _sources(catalogue, area, index.parent)
    theirs = [parent.code for parent in beside]
    if area_code != UNITED_KINGDOM:
        theirs.append(UNITED_KINGDOM)
    codes = {area_code, *theirs, *(c for _, _, c in chosen.values())}
    observed = _newest(chosen, sorted(codes), data)
    rows = []
    for indicator_id, (level, period, source_code) in chosen.items():
        own = observed.get((indicator_id, source_code))
        value, status = own if own else (None, "not_available")
        inherited = source_code != area_code
        shown = "inherited" if inherited and value is not None else status
        why = "" if shown == "published" else explain_status(shown, area.level, level)
        row = {
            "indicator_id": indicator_id,
            "period": period,
            "value": value,
            "status": shown,
            "level": level,
            "why": why,
        }
        for code in theirs:
            row[code] = (observed.get((indicator_id, code)) or (None,))[0]
        rows.append(row)
    table = pd.DataFrame(rows, columns=[*OVERVIEW_COLUMNS, *theirs])
    return table.astype(dict.fromkeys(["value", *theirs], float))


def larger_areas(area: Area, *, data: str | Path | None = None) -> list[Area]:
    """Return district, sub-region, region and England, as far as they are larger."""
    index = read_areas(data)
    found = [index.parent(area.code, level) for level in BESIDE]
    return [p for p in found if p is not None and p.code != area.code]


def _sources(
    catalogue: Catalogue, area: Area, parent: Callable[[str, str], Area | None]
) -> dict[str, tuple[str, str, str]]:
    """Return, per indicator, the level, period and code whose figure is shown."""
    chosen = {}
    for indicator in catalogue.indicators.values():
        if indicator.state != "active":
            continue
        for level in area.levels:
            source = catalogue.source_level(indicator.id, level)
            if source is None:
                continue
            other = area if source == level else parent(area.code, source)
            if other is not None:
                period = catalogue.latest(indicator.id, level)
                chosen[indicator.id] = (source, period, other.code)
                break
    return chosen


def _newest(
    chosen: dict[str, tuple[str, str, str]],
    codes: list[str],
    data: str | Path | None,
) -> dict[tuple[str, str], tuple[float | None, str]]:
    store = open_store(data)
    if not chosen:
        return {}
    files = [
        store.file(f"indicators/{indicator_id}.parquet") for indicator_id in chosen
    ]
    rows = store.query(
        f"""
        SELECT {", ".join(COLUMNS)} FROM read_parquet($files)
        WHERE area_code IN (SELECT unnest($codes))
        """,
        {"files": files, "codes": codes},
    )
    periods = {i: period for i, (_, period, _) in chosen.items()}
    rows = rows[rows["period"] == rows["indicator_id"].map(periods)]
    cells = rows[["indicator_id", "area_code", "value", "status"]]
    return {
        (indicator_id, code): (None if pd.isna(value) else float(value), status)
        for indicator_id, code, value, status in cells.itertuples(index=False)
    }
