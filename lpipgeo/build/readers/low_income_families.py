"""DWP: children in relative low-income families, MSOAs of 2011, financial years."""

from __future__ import annotations

import pandas as pd

from lpipgeo.build.frame import Frame
from lpipgeo.build.native import native_table
from lpipgeo.build.sources import Sources, read_parquet, require_unique
from lpipgeo.errors import Problem, SourceError
from lpipgeo.metadata import Indicator

_FILE = "dwp/children_relative_low_income_msoa11_2014_2022.parquet"
_COUNT = "children_relative_low_income_bhc"
_YEAR = r"(\d{4})/\d{2}( \(p\))?"


def read(record: Indicator, sources: Sources, frame: Frame) -> pd.DataFrame:
    """Read the numbers; a year marked "(p)" is provisional."""
    table = read_parquet(sources, _FILE, ["msoa11cd", "year", _COUNT])
    require_unique(_FILE, table, ["msoa11cd", "year"])
    years = table["year"].astype(object)
    strange = sorted(set(years[~years.str.fullmatch(_YEAR)]))
    if strange:
        problem = Problem(_FILE, "year", str(strange[:3]), "2020/21 or 2021/22 (p)")
        raise SourceError("Years are not written as expected:", [problem])
    status = years.str.endswith("(p)").map({True: "provisional", False: "published"})
    return native_table(
        {
            "level": "msoa11",
            "area_code": table["msoa11cd"].astype(object),
            "period": years.str[:4] + "-04-01/P1Y",
            "value": table[_COUNT],
            "status": status.mask(table[_COUNT].isna(), "not_available"),
        }
    )
