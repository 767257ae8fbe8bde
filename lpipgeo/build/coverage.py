"""Coverage: which levels and periods an indicator has, and the range of its values."""

from __future__ import annotations

import pandas as pd

from lpipgeo.tables import COVERAGE_COLUMNS, COVERAGE_KEY


def coverage_of(observations: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Count areas and values of the region, and of countries, by level and period.

    Parameters
    ----------
    observations : tidy table, any number of indicators
    areas : key `area_code`; `levels`, `in_region`

    Returns
    -------
    DataFrame, key (indicator_id, level, period): `areas` (rows), `values` (not null),
        `minimum`, `maximum`; levels without any value are left out
    """
    levels = areas.assign(level=areas["levels"].str.split(";")).explode("level")
    levels = levels.loc[levels["in_region"] | (levels["level"] == "ctry")]
    joined = observations.merge(levels[["area_code", "level"]], on="area_code")
    found = joined.groupby(list(COVERAGE_KEY), as_index=False).agg(
        areas=("area_code", "size"),
        values=("value", "count"),
        minimum=("value", "min"),
        maximum=("value", "max"),
    )
    found = found.loc[found["values"] > 0].sort_values(list(COVERAGE_KEY))
    return found[list(COVERAGE_COLUMNS)].reset_index(drop=True)
