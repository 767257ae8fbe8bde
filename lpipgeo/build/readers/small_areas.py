"""Any CSV with one row per small area and the figure in one column."""

from __future__ import annotations

import pandas as pd

from lpipgeo.build.frame import Frame
from lpipgeo.build.native import native_table
from lpipgeo.build.sources import Sources, read_csv, require_unique
from lpipgeo.metadata import Indicator


def read(record: Indicator, sources: Sources, frame: Frame) -> pd.DataFrame:
    """Read one column; other nations of the UK are left out.

    `[build]`: `file`, `level` (lsoa21, lsoa11, msoa21 or msoa11), `code` and `column`
    (of the file), `period`.
    """
    build = record.build
    file, code, column = build["file"], build["code"], build["column"]
    table = read_csv(sources, file, [code, column])
    require_unique(file, table, [code])
    table = table.loc[table[code].str.startswith("E")]
    return native_table(
        {
            "level": build["level"],
            "area_code": table[code],
            "period": build["period"],
            "value": table[column],
        }
    )
