"""Lines through time: what is joined, what changed, and what may be said of it."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from lpipgeo.area_index import read_areas
from lpipgeo.area_profile import read_profile
from lpipgeo.errors import SelectionError
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.intervals import Figure
from lpipgeo.periods import Period
from lpipgeo.series_charts import break_lines, series_chart, spread
from lpipgeo.time_series import (
    Series,
    base_periods,
    change_table,
    find_change,
    make_series,
    middle_of,
    read_series,
    set_to_base,
)
from lpipgeo.trends import Trend

SANDWELL, SOLIHULL, REGION, ENGLAND = "E08000028", "E08000029", "E12000005", "E92000001"
HEALTHY = "healthy_life_expectancy_male"


def record(name):
    return read_catalogue().find(name)


def test_set_region_and_england_have_series_of_their_own():
    series, without = read_series(HEALTHY, [SANDWELL, REGION, ENGLAND])
    assert [one.area.code for one in series] == [SANDWELL, REGION, ENGLAND]
    assert without == ()
    starts = [Period.parse(f.period).start for f in series[0].figures]
    assert starts == sorted(starts)
    assert series[0].figures[-1].value == pytest.approx(52.7, abs=0.05)


def test_an_area_without_its_own_figures_is_named_with_the_reason():
    series, without = read_series(HEALTHY, ["E01009989", SANDWELL])
    assert [one.area.code for one in series] == [SANDWELL]
    ((area, reason),) = without
    assert (area.code, reason) == ("E01009989", "It has no figure of its own.")
    _, without = read_series("fuel_poverty", ["E01009989"])
    assert "no exact figures for neighbourhoods" in without[0][1]


def test_no_line_leads_across_a_missing_year():
    (series,), _ = read_series("fuel_poverty", [SANDWELL])
    parts = [[Period.parse(f.period).start.year for f in p] for p in series.parts]
    assert parts == [[2019], [2021, 2022]]


def test_no_line_leads_across_a_break_and_the_break_is_explained():
    broken = [
        i for i in read_catalogue().indicators.values()
        if i.series_breaks and i.state == "active"
    ]  # fmt: skip
    assert broken
    crossed = 0
    for indicator in broken:
        series, _ = read_series(indicator.id, [SANDWELL, ENGLAND])
        for one in series:
            for part in one.parts:
                first, last = (Period.parse(part[i].period).start for i in (0, -1))
                assert not any(
                    first < b.starts <= last for b in indicator.series_breaks
                )
            crossed += len(break_lines(indicator, [f.period for f in one.figures]))
    assert crossed, "no break lies among the figures, so this test shows nothing"


def test_different_kinds_of_period_and_editions_of_an_index_are_not_joined():
    year, three = "2020-01-01/P1Y", "2021-01-01/P3Y"
    for name, periods in (
        ("no2", (year, three)),
        ("imd_score", (year, "2021-01-01/P1Y")),
    ):
        figures = tuple(Figure("E1", p, 5.0, 4.0, 6.0, "published") for p in periods)
        row = _row(name, figures)
        made = _made(row)
        assert [len(part) for part in made.parts] == [1, 1]


def _row(name, history):
    row = read_profile(SANDWELL, indicators=[name]).rows[0]
    return replace(row, history=history)


def _made(row):
    return make_series(row.indicator, read_areas().find(SANDWELL), [row])


@pytest.mark.parametrize(
    ("limits", "test", "direction", "verdict"),
    [
        (((9, 11), (14, 16)), "clear", "rise", "worse"),
        (((9, 11), (10.9, 16)), "within_margins", "", ""),
        (((math.nan,) * 2, (14, 16)), "not_tested", "", ""),
    ],
)
def test_a_change_is_clear_only_where_the_margins_do_not_overlap(
    limits, test, direction, verdict
):
    indicator = record("no_qualifications").model_copy(update={"series_breaks": ()})
    figures = tuple(
        Figure("E1", f"{year}-01-01/P1Y", value, *ends, "published")
        for year, value, ends in zip((2020, 2022), (10.0, 15.0), limits, strict=True)
    )
    (area,) = [one.area for one in read_series(HEALTHY, [SANDWELL])[0]]
    found = find_change(indicator, Series(area, "lad24", (figures,), Trend("")))
    assert found.change == 5
    assert (found.test, found.direction, found.verdict) == (test, direction, verdict)


def test_change_table_holds_units_and_reasons():
    series, _ = read_series("fuel_poverty", [SANDWELL, ENGLAND])
    table = change_table(record("fuel_poverty"), series).set_index("area_code")
    here = table.loc[SANDWELL]
    assert here["unit"] == "percentage points"
    assert here["change"] == pytest.approx(here["last_value"] - here["first_value"])
    assert here["test"] == "not_tested"
    assert here["trend"] == ""
    assert here["trend_reason"]


def test_lines_set_to_a_base_begin_at_100_and_have_no_margins():
    indicator = record(HEALTHY)
    series, _ = read_series(HEALTHY, [SANDWELL, SOLIHULL])
    base = base_periods(indicator, series)[0]
    scaled = [set_to_base(one, base) for one in series]
    for one, before in zip(scaled, series, strict=True):
        assert one.figures[0].value == 100
        assert not any(figure.has_limits for figure in one.figures)
        ratio = before.figures[-1].value / before.figures[0].value
        assert one.figures[-1].value == pytest.approx(100 * ratio)
    with pytest.raises(SelectionError, match="to set to 100"):
        set_to_base(series[0], "1999-01-01/P1Y")


def test_an_index_has_no_base():
    series, _ = read_series("imd_score", [SANDWELL])
    assert base_periods(record("imd_score"), series) == ()


def test_several_years_stand_at_their_middle():
    assert middle_of("2020-01-01/P1Y") == date(2020, 1, 1)
    assert middle_of("2020-01-01/P3Y") == date(2021, 7, 1)


def test_every_part_is_a_line_of_its_own():
    series, _ = read_series("fuel_poverty", [SANDWELL, ENGLAND])
    spec = series_chart(record("fuel_poverty"), series, {SANDWELL: 0}).to_dict()
    rows = [row for rows in spec["datasets"].values() for row in rows if "part" in row]
    assert {row["part"] for row in rows} == {
        f"{code} {number}" for code in (SANDWELL, ENGLAND) for number in (0, 1)
    }


def test_names_at_the_ends_of_lines_are_moved_apart_and_never_dropped():
    placed = spread(np.array([100.0, 102.0, 50.0, 101.0, 200.0]), 15)
    assert placed.tolist() == [86.0, 116.0, 50.0, 101.0, 200.0]
    gaps = np.diff(np.sort(spread(np.zeros(12), 15)))
    assert gaps.tolist() == [15.0] * 11


def test_every_chosen_area_has_its_name_and_the_region_is_called_one():
    codes = [SANDWELL, "E47000007", REGION, ENGLAND]
    series, _ = read_series("fuel_poverty", codes)
    places = {SANDWELL: 0, "E47000007": 1}
    spec = series_chart(record("fuel_poverty"), series, places).to_dict()
    named = {r["name"] for rs in spec["datasets"].values() for r in rs
             if "height" in r}  # fmt: skip
    assert named == {
        "Sandwell",
        "West Midlands Combined Authority",
        "West Midlands region",
        "England",
    }
