"""DWP: claimants by neighbourhood of 2011, mean of the twelve months of each year.

The base is residents aged 16 to 64 in mid-2020 (ONS), the same for every year.
"""

from __future__ import annotations

import pandas as pd

from lpipgeo.build.frame import RESIDENTS_2020_FILE, Frame
from lpipgeo.build.native import native_table
from lpipgeo.build.sources import Sources, read_parquet, require_unique
from lpipgeo.metadata import Indicator

_FILE = "dwp/claimant_count_lsoa11_2013_2022.parquet"
_COUNT = "claimants_monthly_avg"
_WORKING_AGES = [str(age) for age in range(16, 65)]


def read(record: Indicator, sources: Sources, frame: Frame) -> pd.DataFrame:
    """Read the series of yearly means."""
    table = read_parquet(sources, _FILE, ["lsoa11cd", "year", _COUNT])
    require_unique(_FILE, table, ["lsoa11cd", "year"])
    residents = read_parquet(
        sources, RESIDENTS_2020_FILE, ["lsoa11_code", *_WORKING_AGES]
    ).set_index("lsoa11_code")
    denominator = table["lsoa11cd"].map(residents.sum(axis=1))
    return native_table(
        {
            "level": "lsoa11",
            "area_code": table["lsoa11cd"].astype(object),
            "period": table["year"].astype(str) + "-01-01/P1Y",
            "value": record.multiplier * table[_COUNT] / denominator,
            "numerator": table[_COUNT],
            "denominator": denominator,
        }
    )
