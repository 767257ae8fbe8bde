"""Departments' district figures on the environment, as Trafford Data Lab lists them.

One CSV per topic, in one shape: area_code, area_name, indicator, period, measure,
unit, value, and in some one more column. "NA" stands for every kind of blank; which
kind it is in a file, the record says.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from lpipgeo.build.convert import merge_districts
from lpipgeo.build.frame import Frame
from lpipgeo.build.native import native_table
from lpipgeo.build.sources import (
    Sources,
    read_csv,
    read_parquet,
    require_columns,
    require_unique,
)
from lpipgeo.errors import Problem, SourceError
from lpipgeo.metadata import Indicator

_FILE = "gov_lad_environment/{file}.csv"
_HOUSEHOLDS_FILE = "ons_census2021/ts041_ltla_rgn.parquet"
_HOUSEHOLDS = "Number of households: Number of households"
_KEY = ["area_code", "period"]
_BLANK = "NA"


def read(record: Indicator, sources: Sources, frame: Frame) -> pd.DataFrame:
    """Read one series of districts; those abolished since are left out.

    `[build]`: `file`; `rows` (column → text that its rows bear); `blank` (status of
    a cell without a figure). Where needed also `adds_up` (column of parts to add up;
    blank parts are passed over, and a total of blanks only is blank), `denominator`
    ("households", or `rows` of the same file), `not_ranked` (codes of districts).
    """
    build = record.build
    file = _FILE.format(file=build["file"])
    table = _read_rows(sources, file, build["rows"], build.get("adds_up"))
    table = table.loc[table["area_code"].isin(frame.codes("lad24", in_region=False))]
    if "denominator" in build:
        table = table.rename(columns={"value": "numerator"})
        if build["denominator"] == "households":
            households = _read_households(sources, frame)
            table["denominator"] = table["area_code"].map(households)
        else:
            base = _read_rows(sources, file, build["denominator"], None)
            base = base.rename(columns={"value": "denominator"})
            table = table.merge(base, on=_KEY, how="left", validate="1:1")
        table["value"] = record.multiplier * table["numerator"] / table["denominator"]
    status = pd.Series("published", index=table.index)
    status = status.mask(
        table["area_code"].isin(build.get("not_ranked", ())), "not_ranked"
    )
    status = status.mask(table["value"].isna(), build["blank"])
    period = table["period"].map(_to_interval)
    return native_table({**table, "level": "lad24", "period": period, "status": status})


def _read_rows(
    sources: Sources, file: str, wanted: dict[str, Any], adds_up: str | None
) -> pd.DataFrame:
    """Return `area_code`, `period`, `value`: England's rows that bear the texts."""
    extra = [*wanted, *([adds_up] if adds_up else [])]
    table = read_csv(sources, file, list(dict.fromkeys([*_KEY, "value", *extra])))
    table = table.astype({"period": str})
    for column, text in wanted.items():
        table = table.loc[table[column] == text]
    if table.empty:
        problem = Problem(file, ", ".join(wanted), "no such row", str(wanted))
        raise SourceError("A series is not in its file:", [problem])
    table = table.loc[table["area_code"].str.startswith("E")]
    require_unique(file, table, [*_KEY, *([adds_up] if adds_up else [])])
    table = table.assign(value=_to_numbers(file, table["value"]))
    return table.groupby(_KEY)["value"].sum(min_count=1).reset_index()


def _to_numbers(file: str, texts: pd.Series) -> pd.Series[float]:
    numbers = pd.to_numeric(texts, errors="coerce").astype(float)
    strange = texts.loc[numbers.isna() & (texts != _BLANK)]
    if len(strange):
        found = ", ".join(sorted(set(map(repr, strange)))[:3])
        problem = Problem(file, "value", found, f"a number or {_BLANK}")
        raise SourceError(f"{file} holds values that are no numbers:", [problem])
    return numbers


def _read_households(sources: Sources, frame: Frame) -> pd.Series[float]:
    table = read_parquet(sources, _HOUSEHOLDS_FILE)
    require_columns(_HOUSEHOLDS_FILE, table.columns, ["geography code", _HOUSEHOLDS])
    counts = pd.DataFrame(
        {
            "area_code": table["geography code"].astype(object),
            "numerator": table[_HOUSEHOLDS].astype(float),
        }
    )
    return merge_districts(counts, frame).set_index("area_code")["numerator"]


def _to_interval(period: str) -> str:
    """Turn "2023/24" into the year from April, and "2023" into the calendar year."""
    start = "04-01" if "/" in period else "01-01"
    return f"{period[:4]}-{start}/P1Y"
