"""Census 2021: counts of topic summaries for neighbourhoods, districts and regions.

The bulk tables name their columns in words; the tables summed from output areas name
them by number and are read through ``_columns.csv``. Where a table of districts and
regions exists, its figures are the published ones.
"""

from __future__ import annotations

import pandas as pd

from lpipgeo.build.convert import merge_districts
from lpipgeo.build.frame import Frame
from lpipgeo.build.native import level_of, native_table
from lpipgeo.build.sources import (
    Sources,
    read_csv,
    read_parquet,
    require_columns,
    require_unique,
)
from lpipgeo.errors import Problem, SourceError
from lpipgeo.metadata import Indicator

CENSUS_DAY = "2021-03-21/P1D"
_BULK = "ons_census2021/{table}_{geography}.parquet"
_SUMS = "ons_census2021_oa_sums/{table}_lsoa21_ew.parquet"
_SUMS_COLUMNS = "ons_census2021_oa_sums/_columns.csv"


def read(record: Indicator, sources: Sources, frame: Frame) -> pd.DataFrame:
    """Read one census indicator.

    `[build]`: `table`, `numerator` (labels to add up), `denominator` (labels; or
    "area_km2"; or left out for a count), `denominator_less` (labels to take off).
    """
    parts = [
        _read_file(sources, file, record)
        for file in _files_of(sources, record.build["table"])
    ]
    counts = pd.concat(parts, ignore_index=True)
    counts = counts.loc[counts["area_code"].str.startswith("E")]
    large = counts["level"] == "lad24"
    districts = merge_districts(counts[large], frame)
    districts["status"] = districts["status"].mask(districts["is_merged"], "aggregated")
    counts = pd.concat([counts[~large], districts], ignore_index=True)
    return _to_native(record, counts, frame)


def _files_of(sources: Sources, table: str) -> list[str]:
    sums = _SUMS.format(table=table)
    if sums in sources.files:
        return [sums]
    wanted = [
        _BULK.format(table=table, geography=geography)
        for geography in ("lsoa21_ew", "msoa21_ew", "ltla_rgn")
    ]
    found = [file for file in wanted if file in sources.files]
    if not found:
        problem = Problem("MANIFEST.csv", "file", "no such row", wanted[0])
        raise SourceError("A census table is not among the sources:", [problem])
    return found


def _read_file(sources: Sources, file: str, record: Indicator) -> pd.DataFrame:
    labels = _column_labels(sources, file, record.build["table"])
    table = read_parquet(sources, file)
    level = next((lv for lv in ("lsoa21", "msoa21") if f"_{lv}_" in file), None)
    code = f"{level}cd" if level else "geography code"
    require_columns(file, table.columns, [code])
    require_unique(file, table, [code])
    result = pd.DataFrame({"area_code": table[code].astype(object)})
    result["level"] = level or level_of(result["area_code"])
    is_sum = file == _SUMS.format(table=record.build["table"])
    result["status"] = "aggregated" if is_sum else "published"
    result["numerator"] = _add(file, table, labels, record.build["numerator"])
    base = record.build.get("denominator", [])
    if base and base != "area_km2":
        less = record.build.get("denominator_less", [])
        result["denominator"] = _add(file, table, labels, base)
        if less:
            result["denominator"] -= _add(file, table, labels, less)
    return result


def _column_labels(sources: Sources, file: str, table: str) -> dict[str, str]:
    """Return label → column, the label without the table's title."""
    if file == _SUMS.format(table=table):
        columns = read_csv(
            sources, _SUMS_COLUMNS, ["Table_ID", "Variable_Name", "new_names"]
        )
        columns = columns.loc[columns["Table_ID"] == table]
        return dict(zip(columns["Variable_Name"], columns["new_names"], strict=True))
    names = read_parquet(sources, file).columns
    return {name.split(": ", 1)[-1]: name for name in names}


def _add(
    file: str, table: pd.DataFrame, labels: dict[str, str], wanted: list[str]
) -> pd.Series[float]:
    problems = [
        Problem(file, "column", f"labels such as {sorted(labels)[:3]}", repr(label))
        for label in wanted
        if label not in labels
    ]
    if problems:
        raise SourceError("A census table lacks a category:", problems)
    return table[[labels[label] for label in wanted]].sum(axis=1).astype(float)


def _to_native(record: Indicator, counts: pd.DataFrame, frame: Frame) -> pd.DataFrame:
    base = record.build.get("denominator")
    if base is None:
        counts = counts.assign(value=counts["numerator"], numerator=float("nan"))
        return native_table({**counts, "period": CENSUS_DAY})
    if base == "area_km2":
        areas = frame.areas.set_index("area_code")["area_km2"]
        counts = counts.assign(denominator=counts["area_code"].map(areas))
        counts = counts.loc[counts["denominator"].notna()]
    share = counts["numerator"] / counts["denominator"].where(counts["denominator"] > 0)
    counts = counts.assign(value=record.multiplier * share)
    return native_table({**counts, "period": CENSUS_DAY})
