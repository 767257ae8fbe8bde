"""DESNZ sub-regional fuel poverty (LILEE): one workbook a year.

Table 2 holds England, regions, counties and districts; Table 3 neighbourhoods.
DESNZ warns against comparing neighbourhoods over time, so the record names the
years for which they are read.
"""

from __future__ import annotations

import pandas as pd

from lpipgeo.build.convert import merge_districts
from lpipgeo.build.frame import Frame
from lpipgeo.build.native import level_of, native_table
from lpipgeo.build.sources import Sources, read_sheet, require_unique
from lpipgeo.metadata import Indicator

_FILE = "desnz_fuel_poverty/{year}_sub_regional_fuel_poverty_lilee.xlsx"
_HEADER_ROW = 2
_NUMBERS = (
    "Number of households",
    "Number of households in fuel poverty",
    "Proportion of households fuel poor (%)",
)
_TABLES = {"Table 2": "Area Codes", "Table 3": "LSOA Code"}


def read(record: Indicator, sources: Sources, frame: Frame) -> pd.DataFrame:
    """Read the years; `[build]`: `years`, `lsoa_years` (neighbourhoods too)."""
    tables = []
    for year in record.build["years"]:
        tables.append(_read_table(sources, year, "Table 2", frame, record.multiplier))
        if year in record.build["lsoa_years"]:
            tables.append(
                _read_table(sources, year, "Table 3", frame, record.multiplier)
            )
    return pd.concat(tables, ignore_index=True)


def _read_table(
    sources: Sources, year: int, sheet: str, frame: Frame, multiplier: float
) -> pd.DataFrame:
    file, code = _FILE.format(year=year), _TABLES[sheet]
    table = read_sheet(sources, file, sheet, _HEADER_ROW, [code, *_NUMBERS])
    table.columns = pd.Index(["area_code", "denominator", "numerator", "value"])
    codes = table["area_code"].astype(str)
    table = table.loc[codes.str.fullmatch(r"E\d{8}")].astype(
        {"denominator": float, "numerator": float, "value": float}
    )
    require_unique(f"{file} [{sheet}]", table, ["area_code"])
    if sheet == "Table 3":
        table["level"] = "lsoa21"
    else:
        table["level"] = level_of(table["area_code"])
        table = table.dropna(subset=["level"])
        table = _join_districts(table, frame, multiplier)
    return native_table({**table, "period": f"{year}-01-01/P1Y"})


def _join_districts(
    table: pd.DataFrame, frame: Frame, multiplier: float
) -> pd.DataFrame:
    districts = table["level"] == "lad24"
    joined = merge_districts(table[districts], frame)
    computed = multiplier * joined["numerator"] / joined["denominator"]
    joined["value"] = joined["value"].mask(joined["is_merged"], computed)
    joined["status"] = joined["is_merged"].map({True: "aggregated", False: "published"})
    others = table[~districts].assign(status="published")
    known = pd.concat([others, joined], ignore_index=True)
    return known.loc[known["area_code"].isin(frame.areas["area_code"])]
