"""ONS small area income estimates, year to March 2020, for MSOAs of 2011."""

from __future__ import annotations

import pandas as pd

from lpipgeo.build.frame import Frame
from lpipgeo.build.native import native_table
from lpipgeo.build.sources import Sources, read_parquet, require_unique
from lpipgeo.metadata import Indicator

PERIOD = "2019-04-01/P1Y"
_FILE = "ons_small_area_income/income_msoa11_fye2020.parquet"


def read(record: Indicator, sources: Sources, frame: Frame) -> pd.DataFrame:
    """Read one measure with its 95 % limits; `[build]`: `column`."""
    column = record.build["column"]
    lower, upper = f"{column}_lower_ci", f"{column}_upper_ci"
    table = read_parquet(sources, _FILE, ["msoa11cd", column, lower, upper])
    require_unique(_FILE, table, ["msoa11cd"])
    table = table.loc[table["msoa11cd"].str.startswith("E")]
    return native_table(
        {
            "level": "msoa11",
            "area_code": table["msoa11cd"].astype(object),
            "period": PERIOD,
            "value": table[column],
            "lower_ci": table[lower],
            "upper_ci": table[upper],
        }
    )
