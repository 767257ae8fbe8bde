"""Figures about the neighbourhoods inside a larger area, worked out by us.

`read_share` counts those among England's most deprived; `read_gap` tells how far apart
they are. Both use every neighbourhood of England, so that districts outside the region
can be compared.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from lpipgeo.build.convert import to_areas_of_2021
from lpipgeo.build.frame import Frame
from lpipgeo.build.native import Reader, native_table
from lpipgeo.build.readers import census, claimants, iod2025
from lpipgeo.build.sources import Sources, read_parquet, require_unique
from lpipgeo.metadata import Indicator

_BASES: dict[str, Reader] = {
    "census": census.read,
    "claimants": claimants.read,
    "iod2025": iod2025.read,
}
_LEVELS = ("lad24", "utla", "subregion", "cauth", "rgn", "ctry")
_LOW, _HIGH = 0.1, 0.9


def read_share(record: Indicator, sources: Sources, frame: Frame) -> pd.DataFrame:
    """Count each district's neighbourhoods up to a rank, as a share of all it has.

    `[build]`: `file`, `rank` (column; 1 is the most deprived), `share` (0.1 for the
    most deprived tenth of England), `period`.
    """
    given = record.build
    table = read_parquet(sources, given["file"], ["lsoa21_code", given["rank"]])
    require_unique(given["file"], table, ["lsoa21_code"])
    is_counted = table[given["rank"]] <= given["share"] * len(table)
    districts = table["lsoa21_code"].map(frame.neighbourhoods["lad24"])
    groups = is_counted.groupby(districts)
    numerator, denominator = groups.sum(), groups.size()
    return native_table(
        {
            "level": "lad24",
            "area_code": numerator.index.astype(object),
            "period": given["period"],
            "value": (record.multiplier * numerator / denominator).to_numpy(),
            "numerator": numerator.to_numpy(),
            "denominator": denominator.to_numpy(),
            "status": "aggregated",
        }
    )


def read_gap(record: Indicator, sources: Sources, frame: Frame) -> pd.DataFrame:
    """Take the 10th from the 90th percentile of an area's neighbourhoods.

    `[build]`: `of` (a `[build]` of another indicator by neighbourhood), `aggregation`
    and `multiplier` of that one, which say how areas of 2011 are carried over. The
    percentiles are those of numpy ("linear"), every neighbourhood counting once; an
    area needs figures for nine tenths of its neighbourhoods.
    """
    given = record.build
    base = _base_record(record, given)
    native = _BASES[given["of"]["reader"]](base, sources, frame)
    native = native.loc[native["level"].isin(["lsoa21", "lsoa11"])]
    rows = to_areas_of_2021(native, base, frame).dropna(subset=["value"])
    parts = [_gaps(rows, frame.children("lsoa21", level), level) for level in _LEVELS]
    found = pd.concat(parts, ignore_index=True)
    return found.drop_duplicates(["area_code", "period"], ignore_index=True)


def _base_record(record: Indicator, given: dict[str, Any]) -> Indicator:
    changes = {
        "build": given["of"],
        "aggregation": given["aggregation"],
        "multiplier": given.get("multiplier", 1),
    }
    return record.model_copy(update=changes)


def _gaps(rows: pd.DataFrame, links: pd.DataFrame, level: str) -> pd.DataFrame:
    joined = rows.merge(links[["area_code", "parent_code"]], on="area_code")
    groups = joined.groupby(["parent_code", "period"])["value"]
    gap = groups.quantile(_HIGH) - groups.quantile(_LOW)
    expected = links.groupby("parent_code").size()
    share = groups.size() / expected.reindex(gap.index, level="parent_code")
    found = gap[share >= _HIGH].rename("value").reset_index()
    return native_table(
        {
            "level": level,
            "area_code": found["parent_code"].astype(object),
            "period": found["period"],
            "value": found["value"],
            "status": "aggregated",
        }
    )
