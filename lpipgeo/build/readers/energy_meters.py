"""DESNZ: gas and electricity that homes use, by neighbourhood of 2011, 2019.

The years are the publisher's: gas from mid-May 2019, electricity from February 2019,
twelve months each. Neighbourhoods without the gas network are absent, and stay so.
"""

from __future__ import annotations

import pandas as pd

from lpipgeo.build.frame import Frame
from lpipgeo.build.native import native_table
from lpipgeo.build.sources import Sources, readable, require_columns, require_unique
from lpipgeo.metadata import Indicator

_FILE = "desnz_energy_lsoa/LSOA_{fuel}_2019.csv.gz"
_PERIODS = {"GAS": "2019-05-15/P1Y", "ELEC": "2019-02-01/P1Y"}
_CODE = "Lower Layer Super Output Area (LSOA) Code"


def read(record: Indicator, sources: Sources, frame: Frame) -> pd.DataFrame:
    """Read the medians per meter; `[build]`: `fuel` ("GAS" or "ELEC").

    Meters that the publisher could not place stand in a row "Unallocated".
    """
    fuel = record.build["fuel"]
    file = _FILE.format(fuel=fuel)
    path = sources.path(file)
    with readable(file, "a CSV table in Latin-1"):
        table = pd.read_csv(path, encoding="latin-1", thousands=",")
    table = sources.correct(file, table)
    medians = [name for name in table.columns if name.startswith("Median ")]
    require_columns(file, table.columns, [_CODE, *(medians or ["Median …"])[:1]])
    table = table.loc[table[_CODE].str.fullmatch(r"E\d{8}")]
    require_unique(file, table, [_CODE])
    return native_table(
        {
            "level": "lsoa11",
            "area_code": table[_CODE].astype(object),
            "period": _PERIODS[fuel],
            "value": table[medians[0]],
        }
    )
