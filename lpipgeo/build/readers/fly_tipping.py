"""Defra: fly-tipping incidents by district, region and for England.

The base is the mid-year population that Defra puts beside the incidents. It does so
from 2019-20 on, and since then totals are added up as councils report them; earlier
years are therefore not read.
"""

from __future__ import annotations

import pandas as pd

from lpipgeo.build.convert import merge_districts
from lpipgeo.build.frame import Frame
from lpipgeo.build.native import native_table
from lpipgeo.build.ods import read_ods_sheet
from lpipgeo.build.sources import Sources, require_unique
from lpipgeo.levels import ENGLAND
from lpipgeo.metadata import Indicator

_FILE = "defra_flytipping/flytipping_la.ods"
_SHEET = "LA_incidents"
_HEADER_ROW = 2
_COLUMNS = (
    "Year",
    "ONS Code",
    "Region",
    "Total Incidents",
    "Mid population estimates",
)
_REGIONS = {
    "*Total England": ENGLAND,
    "North East": "E12000001",
    "North West": "E12000002",
    "Yorkshire and The Humber": "E12000003",
    "East Midlands": "E12000004",
    "West Midlands": "E12000005",
    "East": "E12000006",
    "London": "E12000007",
    "South East": "E12000008",
    "South West": "E12000009",
}


def read(record: Indicator, sources: Sources, frame: Frame) -> pd.DataFrame:
    """Read the years; `[build]`: `years` (such as "2022-23").

    A colon in the source is a figure that Defra does not have; those rows are left
    out before abolished districts are added up, so that no sum takes it for nothing.
    """
    table = read_ods_sheet(sources, _FILE, _SHEET, _HEADER_ROW, _COLUMNS)
    table.columns = pd.Index(["year", "code", "region", "numerator", "denominator"])
    table = table.loc[table["year"].isin(record.build["years"])]
    numbers = ["numerator", "denominator"]
    table[numbers] = table[numbers].replace(":", None).apply(pd.to_numeric)
    table = table.dropna(subset=numbers)
    is_total = table["code"] == "*Total"
    codes = table["code"].mask(is_total, table["region"].map(_REGIONS))
    table = table.assign(area_code=codes).dropna(subset=["area_code"])
    require_unique(f"{_FILE} [{_SHEET}]", table, ["year", "area_code"])
    parts = [
        _read_year(rows, str(year), record.multiplier, frame)
        for year, rows in table.groupby("year")
    ]
    return pd.concat(parts, ignore_index=True)


def _read_year(
    rows: pd.DataFrame, year: str, multiplier: float, frame: Frame
) -> pd.DataFrame:
    columns = ["area_code", "numerator", "denominator"]
    is_total = rows["code"] == "*Total"
    totals = rows.loc[is_total & rows["area_code"].isin(frame.areas["area_code"])]
    totals = totals[columns].assign(status="published")
    totals["level"] = (totals["area_code"] == ENGLAND).map({True: "ctry", False: "rgn"})
    districts = merge_districts(rows.loc[~is_total, columns], frame)
    merged = districts["is_merged"]
    districts["status"] = merged.map({True: "aggregated", False: "published"})
    table = pd.concat([totals, districts.assign(level="lad24")], ignore_index=True)
    value = multiplier * table["numerator"] / table["denominator"]
    period = f"{year[:4]}-04-01/P1Y"
    return native_table(
        {**table.drop(columns="is_merged"), "value": value} | {"period": period}
    )
