"""Arts Council England: National Lottery Project Grants, districts of 2021.

A blank sum beside "0" per head means that no grant went there. Districts abolished
since are added up, as far as the source has all their parts.
"""

from __future__ import annotations

import pandas as pd

from lpipgeo.build.convert import merge_districts
from lpipgeo.build.frame import Frame
from lpipgeo.build.native import native_table
from lpipgeo.build.sources import Sources, read_csv, require_unique
from lpipgeo.errors import Problem, SourceError
from lpipgeo.metadata import Indicator

PERIOD = "2018-04-01/P53M"
_FILE = "culture/ace_project_grants_lad21.csv"
_COLUMNS = ("la_code", "population", "sum_total", "sum_total_per_capita")


def read(record: Indicator, sources: Sources, frame: Frame) -> pd.DataFrame:
    """Read the grants per head as published, with their sum and the people."""
    table = read_csv(sources, _FILE, _COLUMNS)
    require_unique(_FILE, table, ["la_code"])
    table.columns = pd.Index(["area_code", "denominator", "numerator", "value"])
    blank = table["numerator"].isna()
    strange = table.loc[blank & table["value"].ne(0), "area_code"]
    if len(strange):
        found = f"{len(strange)} blank beside grants per head: {strange.iloc[0]}"
        problem = Problem(_FILE, "sum_total", found, "a sum wherever there were grants")
        raise SourceError("Sums of grants are missing:", [problem])
    table["numerator"] = table["numerator"].mask(blank, 0)
    districts = merge_districts(table, frame)
    computed = districts["numerator"] / districts["denominator"]
    merged = districts["is_merged"]
    return native_table(
        {
            **districts,
            "level": "lad24",
            "period": PERIOD,
            "value": districts["value"].mask(merged, computed),
            "status": merged.map({True: "aggregated", False: "published"}),
        }
    )
