"""Tables behind the strips of a comparison, to take away with their terms."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from lpipgeo.comparison_inside import InsideSet
from lpipgeo.export import make_table


def inside_rows(found: InsideSet) -> pd.DataFrame:
    """Return every smaller area inside each area of a set.

    Parameters
    ----------
    found : with areas

    Returns
    -------
    DataFrame, key (inside_area_code, area_code): the columns of `export.make_table`
    for the smaller areas, after `inside_area` and `inside_area_code`, the area of the
    set that they lie in. Where areas of the set overlap, the smaller ones stand twice.
    """
    parts = []
    for one in found.areas:
        codes = one.inside.table["area_code"]
        rows = make_table(found.indicator.id, found.level, codes, found.period)
        rows.insert(0, "inside_area_code", one.area.code)
        rows.insert(0, "inside_area", one.area.name)
        parts.append(rows)
    return pd.concat(parts, ignore_index=True)


def peer_rows(
    indicator_id: str,
    period: str,
    codes: Sequence[str],
    levels: Sequence[str],
) -> pd.DataFrame:
    """Return the areas of a set and all others of their kinds.

    Parameters
    ----------
    codes : area codes of the set
    levels : of which all areas are taken

    Returns
    -------
    DataFrame, key area_code: `compared`, whether an area is one of the set, then the
    columns of `export.make_table`; the set first
    """
    parts = [make_table(indicator_id, areas=codes, periods=period)]
    for level in levels:
        parts.append(
            make_table(indicator_id, level, periods=period, all_england=level == "rgn")
        )
    table = pd.concat(parts, ignore_index=True).drop_duplicates("area_code")
    table.insert(0, "compared", table["area_code"].isin(list(codes)))
    return table.reset_index(drop=True)
