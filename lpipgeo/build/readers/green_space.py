"""ONS access to green space 2020: mean distance to the nearest, by LSOA11."""

from __future__ import annotations

import pandas as pd

from lpipgeo.build.frame import Frame
from lpipgeo.build.native import native_table
from lpipgeo.build.sources import Sources, read_csv, require_unique
from lpipgeo.metadata import Indicator

PERIOD = "2020-04-01/P1M"
_FILE = "ons_green_space/distance_to_green_space_lsoa11.csv"


def read(record: Indicator, sources: Sources, frame: Frame) -> pd.DataFrame:
    """Read distances in metres; areas that the source leaves out stay out."""
    table = read_csv(sources, _FILE, ["lsoa11cd", "average_distance"])
    require_unique(_FILE, table, ["lsoa11cd"])
    table = table.loc[table["lsoa11cd"].str.startswith("E")]
    return native_table(
        {
            "level": "lsoa11",
            "area_code": table["lsoa11cd"],
            "period": PERIOD,
            "value": table["average_distance"],
        }
    )
