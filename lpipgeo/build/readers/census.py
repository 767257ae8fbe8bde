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
    "area_km2"; or left out for a count), `denominator_less` (labels to take off),
    `denominator_table` (where the base stands in another table of the same shape).
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
    build = record.build
    counts = _read_counts(sources, file, build["table"])
    result = pd.DataFrame({"area_code": counts.index.astype(object)})
    result["level"] = _level_in(file) or level_of(result["area_code"])
    is_sum = file == _SUMS.format(table=build["table"])
    result["status"] = "aggregated" if is_sum else "published"
    result["numerator"] = _add(file, counts, build["numerator"]).to_numpy()
    base = build.get("denominator", [])
    if not base or base == "area_km2":
        return result
    other = build.get("denominator_table", build["table"])
    if other != build["table"]:
        other_file = file.replace(build["table"], other)
        base_counts = _read_counts(sources, other_file, other)
        _require_same_areas(other_file, base_counts.index, counts.index)
        file, counts = other_file, base_counts.loc[counts.index]
    denominator = _add(file, counts, base)
    less = build.get("denominator_less", [])
    if less:
        denominator -= _add(file, counts, less)
    result["denominator"] = denominator.to_numpy()
    return result


def _level_in(file: str) -> str | None:
    return next((level for level in ("lsoa21", "msoa21") if f"_{level}_" in file), None)


def _read_counts(sources: Sources, file: str, table: str) -> pd.DataFrame:
    """Return the counts of a file by area code, in columns named by their labels."""
    counts = read_parquet(sources, file)
    level = _level_in(file)
    code = f"{level}cd" if level else "geography code"
    require_columns(file, counts.columns, [code])
    require_unique(file, counts, [code])
    return counts.set_index(code).rename(columns=_labels(sources, file, counts, table))


def _labels(
    sources: Sources, file: str, counts: pd.DataFrame, table: str
) -> dict[str, str]:
    """Return column → label, the label without the table's title."""
    if file == _SUMS.format(table=table):
        columns = read_csv(
            sources, _SUMS_COLUMNS, ["Table_ID", "Variable_Name", "new_names"]
        )
        columns = columns.loc[columns["Table_ID"] == table]
        return dict(zip(columns["new_names"], columns["Variable_Name"], strict=True))
    return {name: name.split(": ", 1)[-1] for name in counts.columns}


def _require_same_areas(
    file: str, found: pd.Index[str], expected: pd.Index[str]
) -> None:
    """Raise SourceError when two tables of one indicator cover different areas."""
    apart = sorted(set(found) ^ set(expected))
    if apart:
        problem = Problem(
            file, "area code", f"{len(apart)} areas apart, such as {apart[:3]}", "none"
        )
        raise SourceError("Two census tables cover different areas:", [problem])


def _add(file: str, counts: pd.DataFrame, wanted: list[str]) -> pd.Series[float]:
    known = sorted(map(str, counts.columns))
    problems = [
        Problem(file, "column", f"labels such as {known[:3]}", repr(label))
        for label in wanted
        if label not in counts
    ]
    if problems:
        raise SourceError("A census table lacks a category:", problems)
    return counts[list(wanted)].sum(axis=1).astype(float)


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
