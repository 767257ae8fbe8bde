"""What the map gives away as a table: what it shows, as the library has it."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest

import lpipgeo
from lpipgeo.area_index import read_areas
from lpipgeo.choropleth import make_choropleth
from lpipgeo.ui import downloads


@pytest.mark.parametrize(
    ("indicator", "level", "period"),
    [
        # converted, inherited, missing
        ("distance_to_green_space", "lsoa21", "latest"),
        ("claimants_neighbourhood", "ward25", "2013-01-01/P1Y"),
    ],
)
def test_download_equals_the_table_of_the_library(indicator, level, period):
    shown = make_choropleth(indicator, level, period)
    body = downloads._table(shown, "csv").decode("utf-8-sig")
    table = lpipgeo.table(indicator, level=level, periods=period, inherit=True)
    given = table.set_index("area_code")
    rows = {row["area_code"]: row for row in csv.DictReader(io.StringIO(body))}
    assert list(rows) == read_areas().codes(level)
    assert set(given.index) <= set(rows)
    assert len(rows) - len(given) < 3  # drawn, though nobody has a figure
    for code, row in rows.items():
        if code not in given.index:
            assert (row["value"], row["status"]) == ("", "not_available")
            continue
        expected = given.loc[code].to_dict()
        assert set(row) == {"area_code", *expected}
        for column, value in expected.items():
            if pd.isna(value):
                assert row[column] == "", (code, column)
            elif isinstance(value, float):
                assert float(row[column]) == value, (code, column)
            else:
                assert row[column] == value, (code, column)
        for column in ("unit", "period_label", "status", "source", "licence"):
            assert row[column], (code, column)
