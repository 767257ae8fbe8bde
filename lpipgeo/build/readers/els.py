"""ONS Explore Local Statistics: one CSV per topic, districts and larger areas.

Codes of other nations are left out, as are areas we do not keep. A few rows come
twice under two geographies with the same figures; different figures for one key
stop the build.
"""

from __future__ import annotations

import pandas as pd

from lpipgeo.build.frame import Frame
from lpipgeo.build.native import level_of, native_table
from lpipgeo.build.sources import Sources, read_csv, require_unique
from lpipgeo.errors import Problem, SourceError
from lpipgeo.metadata import Indicator

_COLUMNS = (
    "areacd",
    "indicator",
    "period",
    "observation",
    "measure",
    "lci_95",
    "uci_95",
    "status",
    "notes",
)
_ITL1_TO_GSS = {
    "TLB": "E92000001",
    "TLC": "E12000001",
    "TLD": "E12000002",
    "TLE": "E12000003",
    "TLF": "E12000004",
    "TLG": "E12000005",
    "TLH": "E12000006",
    "TLI": "E12000007",
    "TLJ": "E12000008",
    "TLK": "E12000009",
}
_NUMBERS = ["observation", "lci_95", "uci_95"]


def read(record: Indicator, sources: Sources, frame: Frame) -> pd.DataFrame:
    """Read one series; `[build]`: `dataset`, `indicator`, `measure`."""
    name = record.build["dataset"]
    file = f"ons_els/{name}/{name}.csv"
    table = read_csv(sources, file, _COLUMNS)
    chosen = (table["indicator"] == record.build["indicator"]) & (
        table["measure"] == record.build["measure"]
    )
    if not chosen.any():
        wanted = f"{record.build['indicator']!r} as {record.build['measure']!r}"
        found = sorted(set(table["indicator"] + " / " + table["measure"]))
        problem = Problem(file, "indicator, measure", str(found), wanted)
        raise SourceError("A series is not in its file:", [problem])
    table = table.loc[chosen].assign(
        areacd=lambda rows: rows["areacd"].replace(_ITL1_TO_GSS)
    )
    known = table["areacd"].isin(frame.areas["area_code"])
    table = table.loc[known & level_of(table["areacd"]).notna()]
    table = table.drop_duplicates(["areacd", "period", *_NUMBERS, "status"])
    require_unique(file, table, ["areacd", "period"])
    return _to_native(table)


def _to_native(table: pd.DataFrame) -> pd.DataFrame:
    numbers = table[_NUMBERS].apply(pd.to_numeric)
    value, lower, upper = (numbers[name] for name in _NUMBERS)
    # A few published limits do not enclose their value; such limits say nothing.
    enclosed = lower.le(value) & upper.ge(value)
    single_day = table["period"].str.fullmatch(r"\d{4}-\d{2}-\d{2}")
    provisional = table["notes"].astype(str).str.contains("provisional", case=False)
    status = pd.Series("published", index=table.index).mask(provisional, "provisional")
    return native_table(
        {
            "level": level_of(table["areacd"]),
            "area_code": table["areacd"].astype(object),
            "period": table["period"].where(~single_day, table["period"] + "/P1D"),
            "value": value,
            "lower_ci": lower.where(enclosed),
            "upper_ci": upper.where(enclosed),
            "status": status.mask(value.isna(), "not_available"),
        }
    )
