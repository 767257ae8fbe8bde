"""DWP: households on Universal Credit, MSOAs of 2011, one month of each year.

The base is all households of Census 2021 (TS041), moved to the MSOAs of 2011.
"""

from __future__ import annotations

import pandas as pd

from lpipgeo.build.convert import weigh_old_areas
from lpipgeo.build.frame import Frame
from lpipgeo.build.native import native_table
from lpipgeo.build.sources import Sources, read_parquet, require_unique
from lpipgeo.metadata import Indicator

_FILE = "dwp/uc_households_msoa11_2015_2023.parquet"


def read(record: Indicator, sources: Sources, frame: Frame) -> pd.DataFrame:
    """Read the series; `[build]`: `month` (1 to 12), taken from every year.

    A blank in the source is a number that DWP withheld because it is small.
    """
    table = read_parquet(sources, _FILE, ["msoa11cd", "date", "households_on_uc"])
    require_unique(_FILE, table, ["msoa11cd", "date"])
    table = table.loc[table["date"].dt.month == record.build["month"]]
    households = frame.neighbourhoods.groupby("msoa21")["households"].sum()
    base = weigh_old_areas(households, "msoa11", frame)
    denominator = table["msoa11cd"].map(base)
    value = record.multiplier * table["households_on_uc"] / denominator
    return native_table(
        {
            "level": "msoa11",
            "area_code": table["msoa11cd"].astype(object),
            "period": table["date"].dt.strftime("%Y-%m-01/P1M"),
            "value": value,
            "numerator": table["households_on_uc"],
            "denominator": denominator,
            "status": value.isna().map({True: "suppressed", False: "published"}),
        }
    )
