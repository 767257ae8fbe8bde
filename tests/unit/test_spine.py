"""The spine: worst on the left, shapes that read without colour."""

from __future__ import annotations

import math
import re

import pytest

from lpipgeo.area_profile import ProfileRow
from lpipgeo.intervals import Figure
from lpipgeo.levels import ENGLAND
from lpipgeo.outcomes import Outcome
from lpipgeo.printed.spine import WIDTH, draw_sign, draw_spine
from lpipgeo.standing import Standing
from lpipgeo.trends import Trend
from tests import factories

SIGNS = ("better", "similar", "worse", "higher", "lower", "not_compared")

NAN = math.nan
SPREAD = Standing(0.0, 25.0, 75.0, 100.0, peers=30)


def make_row(value=90.0, *, outcome="similar", benchmark=50.0, status="published",
             standing=SPREAD, limits=(NAN, NAN), **overrides):  # fmt: skip
    here = Figure("E1", factories.PERIOD, value, *limits, status)
    there = Figure(ENGLAND, factories.PERIOD, benchmark, NAN, NAN, "published")
    record = factories.make_indicator(**overrides)
    word = Outcome(outcome)
    return ProfileRow(record, "lad24", here, "", {}, {}, there, word, None, standing,
                      Trend(""), ())  # fmt: skip


def dot(svg: str) -> float:
    return float(re.search(r'cx="([\d.]+)"', svg)[1])


@pytest.mark.parametrize(
    ("polarity", "is_right"),
    [("higher_is_better", True), ("lower_is_better", False), ("no_judgement", True)],
)
def test_worst_is_left(polarity, is_right):
    assert (dot(draw_spine(make_row(polarity=polarity))) > WIDTH / 2) is is_right


def test_judged_outcomes_differ_in_shape_and_all_in_shape_or_colour():
    judged = ("better", "similar", "worse", "not_compared")
    drawn = {w: re.sub(r"aria-label=\S+", "", draw_sign(w)) for w in SIGNS}
    assert len(set(drawn.values())) == len(SIGNS)
    shapes = {re.sub(r"#[0-9A-F]{6}", "", drawn[word]) for word in judged}
    assert len(shapes) == len(judged)
    directions = {re.sub(r"#[0-9A-F]{6}", "", drawn[w]) for w in ("higher", "lower")}
    assert len(directions) == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"value": NAN},
        {"status": "inherited"},
        {"standing": Standing()},
        {"bands": {"lad24": (0, 10, 100)}},
    ],
)
def test_no_picture_where_there_is_no_place(changes):
    assert draw_spine(make_row(**changes)) == ""


def test_number_that_grows_with_the_area_has_no_benchmark_line():
    count = {"value_type": "count", "inheritable": False, "aggregation": "sum"}
    assert "V" in draw_spine(make_row())
    assert "V" not in draw_spine(make_row(**count, limits=(NAN, NAN)))


def test_same_figures_everywhere_lie_in_the_middle():
    same = Standing(5.0, 5.0, 5.0, 5.0, peers=9)
    assert dot(draw_spine(make_row(5.0, benchmark=5.0, standing=same))) == WIDTH / 2


def test_margin_of_error_stays_inside_the_picture():
    svg = draw_spine(make_row(limits=(-500.0, 500.0)))
    found = re.findall(r' x="([\d.]+)" y="\S+" width="([\d.]+)"', svg)
    ends = [float(x) + float(width) for x, width in found]
    assert max(ends) <= WIDTH


def test_margin_of_error_is_drawn_whole_where_it_leaves_room_for_the_others():
    row = make_row(95.0, limits=(80.0, 130.0))
    whisker = re.findall(r'x="([\d.]+)" y="\S+" width="([\d.]+)" height="1.6"',
                         draw_spine(row))  # fmt: skip
    x, width = map(float, whisker[0])
    assert (dot(draw_spine(row)) - x) / width == pytest.approx(15 / 50, abs=0.01)
    assert "beyond" not in draw_spine(row)


def test_margin_of_error_that_is_cut_ends_in_an_arrow_and_says_so():
    svg = draw_spine(make_row(limits=(80.0, 500.0)))
    assert svg.count("<polygon") == 1
    assert "the margin of error reaches beyond the picture" in svg
