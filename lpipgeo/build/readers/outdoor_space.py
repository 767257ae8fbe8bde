"""ONS and Ordnance Survey: homes with private outdoor space, April 2020.

A workbook with a sheet per geography: MSOAs of 2011, districts of 2019, regions and
countries. Sheets of larger areas give houses, flats and all homes side by side under
the same names; the third is meant.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from lpipgeo.build.convert import merge_districts
from lpipgeo.build.frame import Frame
from lpipgeo.build.native import native_table
from lpipgeo.build.sources import Sources, read_sheet, require_unique
from lpipgeo.metadata import Indicator

PERIOD = "2020-04-01/P1M"
_FILE = "ons_green_space/private_outdoor_space_2020.xlsx"
# The publisher's own spelling.
_HOMES, _WITH = "Address count", "Adress with private outdoor space count"
_SHEETS = {  # level: sheet, header row, code, and what pandas adds to the third name
    "msoa11": ("MSOA gardens", 0, "MSOA code", ""),
    "lad24": ("LAD gardens", 0, "LAD code", ""),
    "rgn": ("Region gardens", 1, "Unnamed: 2", ".2"),
    "ctry": ("Country gardens", 1, "Unnamed: 0", ".2"),
}
# Buckinghamshire was one county of four districts until 2020.
_OLDER_DISTRICTS = {f"E0700000{n}": "E06000060" for n in (4, 5, 6, 7)}


def read(record: Indicator, sources: Sources, frame: Frame) -> pd.DataFrame:
    """Read the addresses of all homes and of those with outdoor space."""
    tables = []
    for level, (sheet, header, code, suffix) in _SHEETS.items():
        names = [code, _HOMES + suffix, _WITH + suffix]
        table = read_sheet(sources, _FILE, sheet, header, names)
        table.columns = pd.Index(["area_code", "denominator", "numerator"])
        english = table["area_code"].astype(str).str.fullmatch(r"E\d{8}")
        table = table.loc[english].astype({"denominator": float, "numerator": float})
        require_unique(f"{_FILE} [{sheet}]", table, ["area_code"])
        table["status"] = "published"
        if level == "lad24":
            table = merge_districts(table, _with_older_districts(frame))
            table["status"] = table["status"].mask(table["is_merged"], "aggregated")
        tables.append(table.assign(level=level))
    found = pd.concat(tables, ignore_index=True)
    share = found["numerator"] / found["denominator"].where(found["denominator"] > 0)
    found = found.assign(value=record.multiplier * share)
    found["status"] = found["status"].mask(found["value"].isna(), "not_available")
    return native_table({**found, "period": PERIOD})


def _with_older_districts(frame: Frame) -> Frame:
    older = pd.DataFrame(
        {
            "old_code": list(_OLDER_DISTRICTS),
            "new_code": list(_OLDER_DISTRICTS.values()),
            "old_level": "lad",
            "change": "M",
            "share": 1.0,
        }
    )
    return replace(frame, successors=pd.concat([frame.successors, older]))
