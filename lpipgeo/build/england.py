"""England's distribution: percentiles over all its neighbourhoods or MSOAs.

They let a figure be placed in England ("among England's highest tenth"), and are
taken on the areas for which the source was made.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from lpipgeo.build.aggregate import area_weights
from lpipgeo.build.frame import Frame
from lpipgeo.combining import combine
from lpipgeo.metadata import Indicator
from lpipgeo.tables import ENGLAND_COLUMNS, ENGLAND_KEY

PERCENTILES = np.arange(1, 100)
AREAS_OF_ENGLAND = {
    "lsoa21": 33_755,
    "lsoa11": 32_844,
    "msoa21": 6_856,
    "msoa11": 6_791,
}
MIN_SHARE = 0.98
_DECIMALS = 6


def england_percentiles(
    native: pd.DataFrame, record: Indicator, frame: Frame
) -> pd.DataFrame:
    """Return percentiles 1 to 99 of an indicator over England's small areas.

    Neighbourhood figures also give the distribution of MSOAs where the record's
    aggregation allows it. Sources that do not cover England give no rows, nor do
    classes: half of England may share one.

    Returns
    -------
    DataFrame, key (indicator_id, level, base, period, percentile): `value`, `n`;
        `base` is the geography that the distribution was taken on
    """
    tables: list[tuple[str, str, pd.DataFrame]] = []
    if record.class_names:
        native = native.iloc[:0]
    for base in AREAS_OF_ENGLAND:
        rows = native.loc[(native["level"] == base) & native["value"].notna()]
        tables.append((base.replace("11", "21"), base, rows))
    neighbourhoods = native.loc[native["level"] == "lsoa21"]
    own_msoas = (native["level"] == "msoa21").any()
    if len(neighbourhoods) and record.aggregation != "none" and not own_msoas:
        msoas = _combine_to_msoas(neighbourhoods, record, frame)
        tables.append(("msoa21", "lsoa21", msoas))
    parts = [part for table in tables for part in _percentiles(*table)]
    if not parts:
        return pd.DataFrame(columns=list(ENGLAND_COLUMNS))
    result = pd.concat(parts, ignore_index=True).assign(indicator_id=record.id)
    return result[list(ENGLAND_COLUMNS)].sort_values(list(ENGLAND_KEY))


def _combine_to_msoas(
    rows: pd.DataFrame, record: Indicator, frame: Frame
) -> pd.DataFrame:
    parents = frame.neighbourhoods["msoa21"]
    joined = rows.assign(parent_code=rows["area_code"].map(parents))
    found = combine(joined, record, area_weights(record, "lsoa21", frame))
    expected = found["parent_code"].map(parents.value_counts())
    return found.loc[(found["parts"] == expected) & found["value"].notna()]


def _percentiles(level: str, base: str, rows: pd.DataFrame) -> Iterator[pd.DataFrame]:
    expected = AREAS_OF_ENGLAND[level if base == "lsoa21" else base]
    for period, values in rows.groupby("period")["value"]:
        if len(values) < MIN_SHARE * expected:
            continue
        yield pd.DataFrame(
            {
                "level": level,
                "base": base,
                "period": period,
                "percentile": PERCENTILES,
                "value": np.percentile(values, PERCENTILES).round(_DECIMALS),
                "n": len(values),
            }
        )
