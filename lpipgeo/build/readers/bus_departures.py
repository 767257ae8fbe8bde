"""ITS Leeds: daytime departures of local buses by neighbourhood, autumn 2025.

Timetables come from the Bus Open Data Service. A neighbourhood that is not in the
file has no stop with a service, in no year: nought. One that is in it for other years
but not for this one stays without a figure.
"""

from __future__ import annotations

import pandas as pd

from lpipgeo.build.frame import Frame
from lpipgeo.build.native import native_table
from lpipgeo.build.sources import Sources, read_parquet, require_unique
from lpipgeo.metadata import Indicator

PERIOD = "2025-01-01/P1Y"
_FILE = "its_leeds_bus/daytime_bus_departures_per_hour_lsoa21.parquet"


def read(record: Indicator, sources: Sources, frame: Frame) -> pd.DataFrame:
    """Read one column; `[build]`: `column`."""
    column = record.build["column"]
    table = read_parquet(sources, _FILE, ["lsoa21cd", column])
    require_unique(_FILE, table, ["lsoa21cd"])
    values = table.set_index("lsoa21cd")[column]
    codes = frame.neighbourhoods.index
    absent = ~codes.isin(values.index)
    found = values.reindex(codes).mask(absent, 0.0)
    return native_table(
        {
            "level": "lsoa21",
            "area_code": codes,
            "period": PERIOD,
            "value": found.to_numpy(),
        }
    )
