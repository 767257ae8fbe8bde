"""The check of figures: observations, their records, and what is derived of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from lpipgeo.levels import REGION
from lpipgeo.tables import BY_AREA
from tests.unit.breaking import (
    SQUARE,
    TABLE,
    Fault,
    assert_found,
    change,
    edit,
    remove,
    replace,
    rows_in_another_order,
    with_the_first_row_twice,
    write,
)

FAULTS: dict[str, Fault] = {
    "unreadable table": (write(TABLE, b"not parquet"), TABLE, ""),
    "missing table": (remove(TABLE), TABLE, ""),
    "column missing": (
        edit(TABLE, lambda table: table.drop(columns="status")),
        TABLE,
        "",
    ),
    "key twice": (edit(TABLE, with_the_first_row_twice), TABLE, "area_code"),
    "rows out of order": (
        edit(TABLE, rows_in_another_order),
        TABLE,
        "indicator_id, area_code, period",
    ),
    "id of another indicator": (
        change(TABLE, None, "indicator_id", "other"),
        TABLE,
        "indicator_id",
    ),
    "not a period": (change(TABLE, None, "period", "2021-13-01/P1Y"), TABLE, "period"),
    "value out of range": (change(TABLE, SQUARE, "value", 101.0), TABLE, "value"),
    "unknown code": (
        change(TABLE, SQUARE, "area_code", "E01000000"),
        TABLE,
        "area_code",
    ),
    "value without counts": (change(TABLE, SQUARE, "value", 50.0), TABLE, "value"),
    "counts below nothing": (
        change(TABLE, SQUARE, "numerator", -1.0),
        TABLE,
        "numerator",
    ),
    "limits apart": (change(TABLE, SQUARE, "lower_ci", 99.0), TABLE, "lower_ci"),
    "value where the status says none": (
        change(TABLE, SQUARE, "status", "suppressed"),
        TABLE,
        "status",
    ),
    "no value without a reason": (
        change(TABLE, SQUARE, ["value", "numerator"], float("nan")),
        TABLE,
        "status",
    ),
    "unknown status": (change(TABLE, SQUARE, "status", "guessed"), TABLE, "status"),
    "districts do not add up": (
        change(TABLE, REGION, ["numerator", "value"], [9_000.0, 180.0]),
        TABLE,
        "numerator",
    ),
    "level not declared": (
        replace("indicators/tiny_share.toml", '"lsoa21"', '"lad24"'),
        TABLE,
        "area_code",
    ),
    "table without a record": (
        lambda folder: shutil.copy(folder / TABLE, folder / "indicators/other.parquet"),
        "indicators/other.parquet",
        "",
    ),
    "record with an unknown key": (
        replace("indicators/tiny_share.toml", "short_title", "shorter_title"),
        "tiny_share.toml",
        "shorter_title",
    ),
    "record without attribution": (
        replace("indicators/tiny_share.toml", '"Source: Office for Tests."', '""'),
        "tiny_share.toml",
        "sources.0.attribution",
    ),
    "coverage gone stale": (
        edit("summaries/coverage.parquet", lambda t: t.assign(values=0)),
        "summaries/coverage.parquet",
        "values",
    ),
    "rows by area gone stale": (
        edit(BY_AREA, lambda t: t.assign(value=0.0)),
        BY_AREA,
        "",
    ),
    "percentiles that fall": (
        edit("summaries/england.parquet", lambda t: t.assign(value=-t["value"])),
        "summaries/england.parquet",
        "value",
    ),
    "percentiles incomplete": (
        edit("summaries/england.parquet", lambda t: t.iloc[:50]),
        "summaries/england.parquet",
        "percentile",
    ),
    "percentiles of nothing": (
        edit("summaries/england.parquet", lambda t: t.assign(indicator_id="other")),
        "summaries/england.parquet",
        "indicator_id",
    ),
}


@pytest.mark.parametrize("rule", FAULTS)
def test_rule_finds_its_fault(data: Path, rule: str) -> None:
    assert_found(data, FAULTS[rule])
