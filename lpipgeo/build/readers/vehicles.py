"""DfT: licensed cars and battery-electric cars by MSOA, compiled by H. Budnitz.

The compiler adds up neighbourhoods, in which DfT withholds counts below five; these
went into the sums as nothing. So every count of electric cars is the least there are,
and a nought is a withheld figure: no MSOA has one to four.

A few MSOAs are the address of a company's whole fleet. The record names those of the
region; they keep their figure but are not ranked, nor is an area that holds one.
"""

from __future__ import annotations

import pandas as pd

from lpipgeo.build.frame import Frame
from lpipgeo.build.native import native_table
from lpipgeo.build.sources import Sources, read_csv, require_unique
from lpipgeo.levels import ENGLAND
from lpipgeo.metadata import Indicator

PERIOD = "2024-04-01/P3M"
_FILE = "dft_vehicles/battery_electric_cars_msoa21_2024q2.csv"
_NAMES = {"MSOA21CD": "area_code", "EVReg": "numerator", "VehsReg": "denominator"}
_COUNTS = ["numerator", "denominator"]


def read(record: Indicator, sources: Sources, frame: Frame) -> pd.DataFrame:
    """Read the counts; `[build]`: `not_ranked` (codes of MSOAs).

    Districts are added up here where the file has every MSOA of theirs, and so is
    England: a few MSOAs are missing, which makes England an estimate.
    """
    table = read_csv(sources, _FILE, list(_NAMES)).rename(columns=_NAMES)
    require_unique(_FILE, table, ["area_code"])
    districts = frame.neighbourhoods.groupby("msoa21")["lad24"].first()
    table = table.loc[table["area_code"].isin(districts.index)]
    table = table.astype(dict.fromkeys(_COUNTS, float))
    is_fleet = table["area_code"].isin(record.build["not_ranked"])
    withheld = table["numerator"] == 0
    msoas = table.assign(level="msoa21", status="published")
    msoas["status"] = msoas["status"].mask(is_fleet, "not_ranked")
    msoas["status"] = msoas["status"].mask(withheld, "suppressed")
    msoas[_COUNTS] = msoas[_COUNTS].mask(withheld)
    found = pd.concat(
        [msoas, _districts(table, is_fleet, districts), _england(table, districts)],
        ignore_index=True,
    )
    value = record.multiplier * found["numerator"] / found["denominator"]
    return native_table({**found, "period": PERIOD, "value": value})


def _districts(
    table: pd.DataFrame, is_fleet: pd.Series[bool], districts: pd.Series[str]
) -> pd.DataFrame:
    groups = table.assign(is_fleet=is_fleet).groupby(table["area_code"].map(districts))
    sums = groups[_COUNTS].sum()
    sums["status"] = (
        groups["is_fleet"].any().map({True: "not_ranked", False: "aggregated"})
    )
    whole = groups.size() == districts.value_counts().reindex(sums.index)
    return sums.loc[whole].rename_axis("area_code").reset_index().assign(level="lad24")


def _england(table: pd.DataFrame, districts: pd.Series[str]) -> pd.DataFrame:
    is_whole = len(table) == len(districts)
    return pd.DataFrame([table[_COUNTS].sum()]).assign(
        area_code=ENGLAND,
        level="ctry",
        status="aggregated" if is_whole else "converted",
    )
