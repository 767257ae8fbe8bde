"""Community Needs Index 2023 (OCSI): scores of England's neighbourhoods."""

from __future__ import annotations

import pandas as pd

from lpipgeo.build.frame import Frame
from lpipgeo.build.native import native_table
from lpipgeo.build.sources import Sources, read_parquet, require_unique
from lpipgeo.metadata import Indicator

PERIOD = "2023-01-01/P1Y"
_FILE = "ocsi_cni2023/cni2023_lsoa21.parquet"


def read(record: Indicator, sources: Sources, frame: Frame) -> pd.DataFrame:
    """Read one score; `[build]`: `column`."""
    column = record.build["column"]
    table = read_parquet(sources, _FILE, ["lsoa21_code", column])
    require_unique(_FILE, table, ["lsoa21_code"])
    return native_table(
        {
            "level": "lsoa21",
            "area_code": table["lsoa21_code"].astype(object),
            "period": PERIOD,
            "value": table[column],
        }
    )
