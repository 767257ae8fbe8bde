"""The trend line: what it joins, what it leaves out, and that it says what it shows."""

from __future__ import annotations

import math
import re
from datetime import date
from xml.etree import ElementTree

import pytest

from lpipgeo.area_profile import ProfileRow
from lpipgeo.intervals import Figure
from lpipgeo.outcomes import Outcome
from lpipgeo.standing import Standing
from lpipgeo.trend_lines import HEIGHT, WIDTH, draw_trend_line, say_trend_line
from lpipgeo.trends import Trend
from tests import factories

NAN = math.nan
FIVE = [f"{year}-01-01/P1Y" for year in range(2018, 2023)]


def make_row(values, periods=FIVE, *, limits=None, **overrides):
    limits = limits or [(NAN, NAN)] * len(values)
    history = tuple(
        Figure("E1", period, value, *ends, "published")
        for period, value, ends in zip(periods, values, limits, strict=True)
    )
    record = factories.make_indicator(frequency="annual", **overrides)
    similar = Outcome("similar")
    return ProfileRow(record, "lad24", history[-1], "", {}, {}, None, similar, None,
                      Standing(), Trend(""), history)  # fmt: skip


def strokes(svg: str) -> list[int]:
    """Return how many figures each stroke of the line joins."""
    (path,) = re.findall(r'd="([^"Z]*)" fill="none"', svg) or [""]
    return [part.count("L") + 1 for part in path.split("M")[1:]]


def dots(svg: str) -> int:
    return svg.count("<circle")


def test_one_line_joins_yearly_figures_and_marks_the_newest():
    svg = draw_trend_line(make_row([1.0, 2.0, 3.0, 2.0, 4.0]))
    assert (strokes(svg), dots(svg)) == ([5], 1)
    x, y = re.search(r'cx="([\d.]+)" cy="([\d.]+)"', svg).groups()
    assert (float(x), float(y)) == (WIDTH - 4, 4)  # newest is right, highest is up


@pytest.mark.parametrize(
    ("changes", "joined", "alone"),
    [
        ({"periods": [*FIVE[:2], *[f"{y}-01-01/P1Y" for y in (2021, 2022, 2023)]]},
         [2, 3], 0),  # no figure of 2020
        ({"values": [1.0, NAN, 3.0, 4.0, 5.0]}, [3], 1),
        ({"periods": [*FIVE[:2], *[f"{y}-01-01/P3Y" for y in (2020, 2021, 2022)]]},
         [2, 3], 0),  # three-year figures
        ({"series_breaks": [{"starts": date(2020, 1, 1), "why": "Another survey."}]},
         [2, 3], 0),
    ],
)  # fmt: skip
def test_no_line_leads_across_a_gap_a_break_or_another_kind_of_period(
    changes, joined, alone
):
    svg = draw_trend_line(make_row(**{"values": [1.0, 2.0, 3.0, 4.0, 5.0], **changes}))
    assert strokes(svg) == joined
    assert dots(svg) == alone + 1


def test_editions_of_an_index_are_dots_only():
    row = make_row([1.0, 2.0, 3.0], FIVE[:3], value_type="index", inheritable=False,
                   aggregation="none")  # fmt: skip
    svg = draw_trend_line(row)
    assert (strokes(svg), dots(svg)) == ([], 3)


def test_band_of_margins_covers_parts_that_have_one_throughout():
    values, ends = [1.0, 2.0, 3.0, 4.0, 5.0], [(v - 1, v + 1) for v in (1, 2, 3, 4, 5)]
    break_ = [{"starts": date(2020, 1, 1), "why": "Another survey."}]
    assert draw_trend_line(make_row(values, limits=ends)).count("Z") == 1
    assert draw_trend_line(
        make_row(values, limits=ends, series_breaks=break_)
    ).count("Z") == 2  # fmt: skip
    ends[0] = (NAN, NAN)
    assert draw_trend_line(make_row(values, limits=ends)).count("Z") == 0


@pytest.mark.parametrize(
    "row",
    [
        make_row([1.0, 2.0], FIVE[:2]),
        make_row([1.0, NAN, NAN, 2.0, NAN]),
        make_row([1.0, 2.0, 3.0], FIVE[:3], bands={"lad24": (0, 10, 100)}),
    ],
)
def test_too_few_figures_and_those_with_bands_make_no_line(row):
    assert draw_trend_line(row) == ""


@pytest.mark.parametrize("values", [[5.0] * 5, [-2.0, 1e9, 0.0, 3.0, 4.0]])
def test_everything_lies_inside_the_picture(values):
    svg = draw_trend_line(make_row(values, limits=[(v - 1, v + 1) for v in values]))
    ElementTree.fromstring(svg)
    for x, y in re.findall(r"[ML]([-\d.]+) ([-\d.]+)", svg):
        assert 0 <= float(x) <= WIDTH
        assert 0 <= float(y) <= HEIGHT


def test_words_say_both_ends_and_that_parts_are_not_joined():
    row = make_row([1.0, 2.0, 3.0, 4.0, 5.0])
    said = say_trend_line(row)
    assert re.fullmatch(r"From 1\D.* in 2018 to 5\D.* in 2022", said.replace(".0", ""))
    assert f'aria-label="{said}"' in draw_trend_line(row)
    gap = make_row([1.0, NAN, 3.0, 4.0, 5.0])
    assert say_trend_line(gap).endswith("in 2022, in 2 parts that are not joined")


def test_units_are_never_read_as_markup():
    row = make_row([1.0, 2.0, 3.0], FIVE[:3], unit='% of "a" <b>')
    assert "<b>" not in draw_trend_line(row)
    ElementTree.fromstring(draw_trend_line(row))
