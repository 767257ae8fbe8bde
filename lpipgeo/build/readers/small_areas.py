"""Any file with one row per small area and the figure in one column."""

from __future__ import annotations

import pandas as pd

from lpipgeo.build.frame import Frame
from lpipgeo.build.native import native_table
from lpipgeo.build.sources import Sources, read_csv, read_parquet, require_unique
from lpipgeo.metadata import Indicator

_NUMBERS = {"value": "column", "lower_ci": "lower", "upper_ci": "upper"}


def read(record: Indicator, sources: Sources, frame: Frame) -> pd.DataFrame:
    """Read one column; other nations of the UK are left out.

    `[build]`: `file` (CSV or Parquet), `level` (lsoa21, lsoa11, msoa21 or msoa11),
    `code` and `column` (of the file), `period`; `lower` and `upper` where the file
    has 95 % limits.
    """
    build = record.build
    file, code = build["file"], build["code"]
    numbers = {name: build[key] for name, key in _NUMBERS.items() if key in build}
    read_columns = read_parquet if file.endswith(".parquet") else read_csv
    table = read_columns(sources, file, [code, *numbers.values()])
    require_unique(file, table, [code])
    table = table.loc[table[code].str.startswith("E")]
    return native_table(
        {
            "level": build["level"],
            "area_code": table[code],
            "period": build["period"],
            **{name: table[column] for name, column in numbers.items()},
        }
    )
